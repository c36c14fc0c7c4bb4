package org.cofferhsm.hsm.jce;

import java.util.Optional;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;

/**
 * One signature algorithm by the JCA's name for it.
 *
 * @param keyAlgorithm how the JCA's name of the fitting keys begins
 * @param mechanism the mechanism; empty for RSASSA-PSS, where the parameters' hash decides
 * @param parts whether the module takes the data in parts; else they are collected here
 * @param form how the signature is written
 */
record SignatureScheme(String keyAlgorithm, Optional<Algorithm> mechanism, boolean parts, SignatureForm form) {

    static SignatureScheme rsa(MechanismType hashAndSign) {
        return new SignatureScheme("RSA", Optional.of(Algorithm.of(hashAndSign)), true, SignatureForm.AS_IS);
    }

    /** RSASSA-PKCS1-v1_5 of a DigestInfo that the caller made. */
    static SignatureScheme rsaOfDigestInfo() {
        return new SignatureScheme("RSA", Optional.of(Algorithm.RSA_PKCS), false, SignatureForm.AS_IS);
    }

    /** RSASSA-PSS whose parameters are yet to come. */
    static SignatureScheme pss() {
        return new SignatureScheme("RSA", Optional.empty(), true, SignatureForm.AS_IS);
    }

    static SignatureScheme pss(Hash hash) {
        return new SignatureScheme(
                "RSA", Optional.of(Algorithm.rsaPss(PssParameters.mechanism(hash), hash)), true, SignatureForm.AS_IS);
    }

    /** RSASSA-PSS of a digest that the caller made. */
    static SignatureScheme pssOfDigest(Hash hash) {
        return new SignatureScheme(
                "RSA", Optional.of(Algorithm.rsaPss(MechanismType.RSA_PKCS_PSS, hash)), false, SignatureForm.AS_IS);
    }

    static SignatureScheme ecdsa(MechanismType hashAndSign, SignatureForm form) {
        return new SignatureScheme("EC", Optional.of(Algorithm.of(hashAndSign)), true, form);
    }

    static SignatureScheme ecdsaOfDigest(SignatureForm form) {
        return new SignatureScheme("EC", Optional.of(Algorithm.ECDSA), false, form);
    }

    static SignatureScheme wholeMessage(String keyAlgorithm, Algorithm mechanism) {
        return new SignatureScheme(keyAlgorithm, Optional.of(mechanism), false, SignatureForm.AS_IS);
    }

    boolean isPss() {
        return mechanism.isEmpty() || PssParameters.of(mechanism.get()).isPresent();
    }
}
