package org.cofferhsm.hsm.jce;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import org.cofferhsm.hsm.key.Algorithm;
import org.jspecify.annotations.Nullable;

/** Signs and verifies in the module; what an algorithm is made of says its {@link SignatureScheme}. */
final class CofferSignature extends SignatureSpi {

    private final SignatureScheme scheme;
    private Optional<Algorithm> algorithm;
    private @Nullable SignatureRun run;

    CofferSignature(SignatureScheme scheme) {
        this.scheme = scheme;
        this.algorithm = scheme.mechanism();
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        init(new SignatureRun(scheme, fitting(key), true));
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        init(new SignatureRun(scheme, fitting(key), false));
    }

    private Handle fitting(@Nullable PrivateKey key) throws InvalidKeyException {
        if (key == null || !key.getAlgorithm().startsWith(scheme.keyAlgorithm())) {
            throw new InvalidKeyException("the algorithm takes " + scheme.keyAlgorithm() + " keys");
        }
        return Handle.of(key);
    }

    private Handle fitting(@Nullable PublicKey key) throws InvalidKeyException {
        if (key == null || !key.getAlgorithm().startsWith(scheme.keyAlgorithm())) {
            throw new InvalidKeyException("the algorithm takes " + scheme.keyAlgorithm() + " keys");
        }
        return Handle.of(key);
    }

    /** Begins at once where the mechanism is known, so that a key that may not is refused here and not later. */
    private void init(SignatureRun next) throws InvalidKeyException {
        abandon();
        if (algorithm.isPresent()) {
            Algorithm known = algorithm.get();
            Failures.withKey(() -> next.begin(known));
        }
        run = next;
    }

    private void abandon() {
        if (run != null) {
            run.abandon();
        }
        run = null;
    }

    @Override
    protected void engineUpdate(byte data) throws SignatureException {
        engineUpdate(new byte[] {data}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] data, int offset, int length) throws SignatureException {
        SignatureRun current = current();
        Algorithm known = known();
        Failures.signing(() -> current.update(known, data, offset, length));
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        SignatureRun current = current();
        Algorithm known = known();
        return Failures.signing(() -> current.sign(known));
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        SignatureRun current = current();
        Algorithm known = known();
        return Failures.signing(() -> current.verify(known, signature));
    }

    private SignatureRun current() throws SignatureException {
        if (run == null) {
            throw new SignatureException("the signature has no key yet");
        }
        return run;
    }

    private Algorithm known() throws SignatureException {
        return algorithm.orElseThrow(() -> new SignatureException("RSASSA-PSS needs parameters; call setParameter"));
    }

    /** May come before {@code init}, as the JDK's own tools do, or after it, but not amid the data. */
    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (parameters == null && !scheme.isPss()) {
            return;
        }
        Algorithm wanted = PssParameters.algorithm(scheme, parameters);
        if (run != null) {
            SignatureRun current = run;
            current.requireNoData();
            restart(current, wanted);
        }
        algorithm = Optional.of(wanted);
    }

    private static void restart(SignatureRun current, Algorithm wanted) throws InvalidAlgorithmParameterException {
        current.abandon();
        try {
            Failures.withKey(() -> current.begin(wanted));
        } catch (InvalidKeyException e) {
            throw new InvalidAlgorithmParameterException(e.getMessage(), e);
        }
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return algorithm
                .flatMap(PssParameters::of)
                .map(PssParameters::spec)
                .map(CofferSignature::encodable)
                .orElse(null);
    }

    private static AlgorithmParameters encodable(AlgorithmParameterSpec spec) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(spec);
            return parameters;
        } catch (GeneralSecurityException e) {
            throw new ProviderException("no provider encodes parameters of RSASSA-PSS", e);
        }
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("parameters are set by a PSSParameterSpec");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("parameters are read by getParameters()");
    }
}
