package org.cofferhsm.hsm.cli;

import java.util.Optional;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NumberRange;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;

/**
 * How a key is wrapped, by CloudHSM's names. Of its eight, {@code aes-pkcs5-pad} and {@code rsa-pkcs} are missing: an
 * unwrapping key would be a padding oracle for what was wrapped under it.
 */
enum WrapMechanism {
    AES_GCM("aes-gcm", "AES-GCM (SP 800-38D), the IV apart"),
    CLOUDHSM_AES_GCM("cloudhsm-aes-gcm", "AES-GCM (SP 800-38D), the IV before the wrapped key"),
    AES_NO_PAD("aes-no-pad", "AES key wrap (RFC 3394, SP 800-38F KW)"),
    AES_ZERO_PAD("aes-zero-pad", "AES key wrap with padding (RFC 5649, SP 800-38F KWP)"),
    RSA_AES("rsa-aes", "an AES key under RSA-OAEP, the key under that by KWP (CKM_RSA_AES_KEY_WRAP)"),
    RSA_OAEP("rsa-oaep", "RSA-OAEP (RFC 8017)");

    static final int IV_BYTES = 12;
    private static final int AES_BITS = 256;

    private final String text;
    private final String description;

    WrapMechanism(String text, String description) {
        this.text = text;
        this.description = description;
    }

    String text() {
        return text;
    }

    String description() {
        return description;
    }

    /** The class of the key that wraps. */
    ObjectClass wrapsWith() {
        return isRsa() ? ObjectClass.PUBLIC_KEY : ObjectClass.SECRET_KEY;
    }

    /** The class of the key that unwraps. */
    ObjectClass unwrapsWith() {
        return isRsa() ? ObjectClass.PRIVATE_KEY : ObjectClass.SECRET_KEY;
    }

    private boolean isRsa() {
        return this == RSA_AES || this == RSA_OAEP;
    }

    /** Adds the options for this mechanism's parameters. */
    protected void declare(OptionSet options) {
        switch (this) {
            case AES_GCM, CLOUDHSM_AES_GCM ->
                options.value("tag-length-bits", "N", "96 to 128; 128 unless said otherwise")
                        .value("aad", "HEX", "additional authenticated data");
            case RSA_AES, RSA_OAEP -> HashOption.declareWithMgf(options);
            case AES_NO_PAD, AES_ZERO_PAD -> {}
        }
    }

    Algorithm algorithm(Invocation invocation) {
        return switch (this) {
            case AES_GCM, CLOUDHSM_AES_GCM -> gcm(invocation);
            case AES_NO_PAD -> Algorithm.AES_KW;
            case AES_ZERO_PAD -> Algorithm.AES_KWP;
            case RSA_AES ->
                new Algorithm(MechanismType.RSA_AES_KEY_WRAP, new Parameters.RsaAes(AES_BITS, oaep(invocation)));
            case RSA_OAEP -> new Algorithm(MechanismType.RSA_PKCS_OAEP, oaep(invocation));
        };
    }

    /** The module makes the IV and puts it before the wrapped key. */
    private static Algorithm gcm(Invocation invocation) {
        int tagBits = invocation.findNumber("tag-length-bits", NumberRange.SIZE).orElse(128);
        Parameters.Gcm parameters = new Parameters.Gcm(Optional.empty(), BinaryInput.hex(invocation, "aad"), tagBits);
        return new Algorithm(MechanismType.AES_GCM, parameters);
    }

    private static Parameters.Oaep oaep(Invocation invocation) {
        return new Parameters.Oaep(HashOption.hash(invocation), HashOption.mgf(invocation), Octets.EMPTY);
    }
}
