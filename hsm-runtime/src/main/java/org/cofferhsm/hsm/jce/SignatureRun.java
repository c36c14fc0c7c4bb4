package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.session.SignOperation;
import org.cofferhsm.hsm.session.VerifyOperation;
import org.jspecify.annotations.Nullable;

/** Signing or verifying with one key, again and again, as a {@code Signature} does between two {@code init}s. */
final class SignatureRun {

    private final SignatureScheme scheme;
    private final Handle key;
    private final boolean signs;
    private @Nullable SignOperation signing;
    private @Nullable VerifyOperation verifying;
    private boolean hasData;

    SignatureRun(SignatureScheme scheme, Handle key, boolean signs) {
        this.scheme = scheme;
        this.key = key;
        this.signs = signs;
    }

    /** Asks the module for an operation, which refuses a key that may not. */
    SignatureRun begin(Algorithm algorithm) {
        if (signs) {
            startSigning(algorithm);
        } else {
            startVerifying(algorithm);
        }
        return this;
    }

    private SignOperation startSigning(Algorithm algorithm) {
        SignOperation started =
                scheme.parts() ? key.session().startSign(key.id(), algorithm) : new CollectedSign(key, algorithm);
        signing = started;
        return started;
    }

    private VerifyOperation startVerifying(Algorithm algorithm) {
        VerifyOperation started =
                scheme.parts() ? key.session().startVerify(key.id(), algorithm) : new CollectedVerify(key, algorithm);
        verifying = started;
        return started;
    }

    SignatureRun update(Algorithm algorithm, byte[] data, int offset, int length) {
        hasData = true;
        if (signs) {
            signOperation(algorithm).update(data, offset, length);
        } else {
            verifyOperation(algorithm).update(data, offset, length);
        }
        return this;
    }

    byte[] sign(Algorithm algorithm) {
        SignOperation operation = signOperation(algorithm);
        ended();
        return scheme.form().fromModule(operation.finish());
    }

    boolean verify(Algorithm algorithm, byte[] signature) {
        VerifyOperation operation = verifyOperation(algorithm);
        ended();
        try (operation) {
            return operation.finish(scheme.form().toModule(signature, key));
        }
    }

    void requireNoData() throws InvalidAlgorithmParameterException {
        if (hasData) {
            throw new InvalidAlgorithmParameterException("parameters cannot change in the middle of the data");
        }
    }

    void abandon() {
        SignOperation sign = signing;
        VerifyOperation verify = verifying;
        ended();
        if (sign != null) {
            sign.close();
        }
        if (verify != null) {
            verify.close();
        }
    }

    private void ended() {
        signing = null;
        verifying = null;
        hasData = false;
    }

    private SignOperation signOperation(Algorithm algorithm) {
        SignOperation current = signing;
        return current == null ? startSigning(algorithm) : current;
    }

    private VerifyOperation verifyOperation(Algorithm algorithm) {
        VerifyOperation current = verifying;
        return current == null ? startVerifying(algorithm) : current;
    }
}
