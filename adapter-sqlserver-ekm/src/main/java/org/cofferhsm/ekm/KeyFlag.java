package org.cofferhsm.ekm;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What a key is or is asked to be ({@code SqlCpKeyFlags}): bits of a number. */
public enum KeyFlag {
    SUPPORTED(1),
    VOLATILE(2),
    EXPORTABLE(4),
    IMPORTABLE(8);

    private static final int KNOWN = 15;

    private final int bit;

    KeyFlag(int bit) {
        this.bit = bit;
    }

    /** The flags that a number stands for; complains by INVALID_ARGUMENT about other bits. */
    public static Set<KeyFlag> ofBits(int bits) {
        if ((bits & ~KNOWN) != 0) {
            throw EkmStatus.INVALID_ARGUMENT.because("the key flags 0x" + Integer.toHexString(bits) + " are not known");
        }
        Set<KeyFlag> flags = EnumSet.noneOf(KeyFlag.class);
        Arrays.stream(values()).filter(flag -> (bits & flag.bit) != 0).forEach(flags::add);
        return flags;
    }

    /** The number that stands for these flags. */
    public static int bits(Set<KeyFlag> flags) {
        return flags.stream().mapToInt(flag -> flag.bit).reduce(0, (one, other) -> one | other);
    }
}
