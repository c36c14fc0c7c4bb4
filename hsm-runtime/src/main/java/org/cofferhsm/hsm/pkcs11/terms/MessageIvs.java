package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Optional;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.DecryptMessage;
import org.cofferhsm.hsm.pkcs11.wire.EncryptMessage;
import org.cofferhsm.hsm.pkcs11.wire.EncryptMessage.MessageIv;

/**
 * AES-GCM message by message (PKCS#11 v3.1 §6.13.4). With CKG_NO_GENERATE the IV is the program's; with every other generator
 * the module makes all of it, at random: a counter would have to outlive the session to be safer than that.
 */
public final class MessageIvs {

    private static final int NO_GENERATE = 0;
    private static final int LAST_GENERATOR = 4;
    private static final int MODULE_IV_BYTES = 12;

    private MessageIvs() {}

    public static Algorithm of(EncryptMessage message) {
        Optional<Octets> iv = iv(message.iv());
        return new Algorithm(
                MechanismType.AES_GCM, new Parameters.Gcm(iv, Octets.of(message.aad()), message.tagBits()));
    }

    private static Optional<Octets> iv(MessageIv iv) {
        if (iv.generator() == NO_GENERATE) {
            return Optional.of(Octets.of(iv.bytes()));
        }
        if (iv.generator() < 0 || iv.generator() > LAST_GENERATOR) {
            throw Ckr.MECHANISM_PARAM_INVALID.because("there is no IV generator " + iv.generator());
        }
        if (iv.bytes().length != MODULE_IV_BYTES || iv.fixedBits() != 0) {
            throw Ckr.MECHANISM_PARAM_INVALID.because(
                    "an IV that the module makes has 12 bytes, none of which the program fixes");
        }
        return Optional.empty();
    }

    public static Algorithm of(DecryptMessage message) {
        return Algorithm.aesGcmWithCallerIv(
                Octets.of(message.iv()), Octets.of(message.aad()), message.tag().length * 8);
    }
}
