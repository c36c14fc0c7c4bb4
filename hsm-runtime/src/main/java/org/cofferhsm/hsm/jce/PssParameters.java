package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;
import org.jspecify.annotations.Nullable;

/** RSASSA-PSS's parameters between the JCA's form and the module's (RFC 8017 §8.1). */
final class PssParameters {

    private PssParameters() {}

    static MechanismType mechanism(Hash hash) {
        return switch (hash) {
            case SHA1 -> MechanismType.SHA1_RSA_PKCS_PSS;
            case SHA224 -> MechanismType.SHA224_RSA_PKCS_PSS;
            case SHA256 -> MechanismType.SHA256_RSA_PKCS_PSS;
            case SHA384 -> MechanismType.SHA384_RSA_PKCS_PSS;
            case SHA512 -> MechanismType.SHA512_RSA_PKCS_PSS;
        };
    }

    static Optional<Parameters.Pss> of(Algorithm algorithm) {
        return algorithm.parameters() instanceof Parameters.Pss pss ? Optional.of(pss) : Optional.empty();
    }

    static AlgorithmParameterSpec spec(Parameters.Pss pss) {
        return new PSSParameterSpec(
                pss.hash().standardName(),
                "MGF1",
                new MGF1ParameterSpec(pss.mgfHash().standardName()),
                pss.saltBytes(),
                PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /** The mechanism with these parameters; where the name of the algorithm fixed the hash they must say the same. */
    static Algorithm algorithm(SignatureScheme scheme, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (!scheme.isPss() || !(parameters instanceof PSSParameterSpec spec)) {
            throw new InvalidAlgorithmParameterException(
                    scheme.isPss() ? "RSASSA-PSS takes a PSSParameterSpec" : "the algorithm takes no parameters");
        }
        Parameters.Pss pss = read(spec);
        Optional<Hash> fixed = scheme.mechanism().flatMap(PssParameters::of).map(Parameters.Pss::hash);
        if (fixed.isPresent() && fixed.get() != pss.hash() && scheme.parts()) {
            throw new InvalidAlgorithmParameterException("the algorithm's hash is "
                    + fixed.get().standardName() + ", the parameters' is "
                    + pss.hash().standardName());
        }
        return new Algorithm(scheme.parts() ? mechanism(pss.hash()) : MechanismType.RSA_PKCS_PSS, pss);
    }

    private static Parameters.Pss read(PSSParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (spec.getTrailerField() != PSSParameterSpec.TRAILER_FIELD_BC) {
            throw new InvalidAlgorithmParameterException("the trailer field of RSASSA-PSS is 1 (RFC 8017)");
        }
        if (!(spec.getMGFParameters() instanceof MGF1ParameterSpec mgf)) {
            throw new InvalidAlgorithmParameterException("the mask generation function is MGF1 (RFC 8017)");
        }
        return new Parameters.Pss(
                HashNames.hash(spec.getDigestAlgorithm()),
                HashNames.hash(mgf.getDigestAlgorithm()),
                spec.getSaltLength());
    }
}
