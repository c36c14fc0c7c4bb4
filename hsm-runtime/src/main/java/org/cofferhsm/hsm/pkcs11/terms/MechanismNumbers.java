package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Map;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Mechanism;
import org.jspecify.annotations.Nullable;

/** Mechanisms by the numbers that programs use: the standard's, and others for the same thing. */
public final class MechanismNumbers {

    /** What SoftHSM calls RFC 5649; v2.40 gave the number another padding that nobody implements. */
    public static final long AES_KEY_WRAP_PAD = 0x210a;

    /** CKM_CLOUDHSM_AES_GCM: AES-GCM whose output begins with the IV that the module made. */
    public static final long CLOUDHSM_AES_GCM = 0x80001087L;

    /** CKM_CLOUDHSM_AES_KEY_WRAP_ZERO_PAD: RFC 5649. */
    public static final long CLOUDHSM_AES_KEY_WRAP_ZERO_PAD = 0x8000216fL;

    private static final Map<Long, MechanismType> OTHER_NUMBERS = Map.of(
            AES_KEY_WRAP_PAD, MechanismType.AES_KEY_WRAP_KWP,
            CLOUDHSM_AES_GCM, MechanismType.AES_GCM,
            CLOUDHSM_AES_KEY_WRAP_ZERO_PAD, MechanismType.AES_KEY_WRAP_KWP);

    private MechanismNumbers() {}

    /** All numbers beside the standard's, and what they stand for. */
    public static Map<Long, MechanismType> otherNumbers() {
        return OTHER_NUMBERS;
    }

    /** The mechanism; complains by MECHANISM_INVALID. */
    public static MechanismType type(Mechanism mechanism) {
        return MechanismType.ofCode(mechanism.type()).orElseGet(() -> other(mechanism.type()));
    }

    private static MechanismType other(long number) {
        @Nullable MechanismType type = OTHER_NUMBERS.get(number);
        if (type == null) {
            throw Ckr.MECHANISM_INVALID.because("the module has no mechanism 0x" + Long.toHexString(number));
        }
        return type;
    }
}
