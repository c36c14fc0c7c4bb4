package org.cofferhsm.hsm.key;

import java.util.HexFormat;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one object of the module: a positive 64-bit number, never used again after the object is gone.
 *
 * <p>Handles of session objects have bit 62 set; they die with their session.
 */
public record KeyId(long value) implements Comparable<KeyId> {

    private static final long SESSION_OBJECT = 1L << 62;

    public KeyId {
        if (value <= 0) {
            throw HsmException.argumentInvalid("a key reference is a positive number, not " + value);
        }
    }

    /** The handle of the {@code number}th session object. */
    public static KeyId ofSessionObject(long number) {
        return new KeyId(SESSION_OBJECT | number);
    }

    /** Reads {@code 0x…} as CloudHSM prints it, or a decimal number. */
    public static KeyId parse(String text) {
        try {
            return new KeyId(Long.decode(text));
        } catch (NumberFormatException e) {
            throw HsmException.argumentInvalid(
                    "\"" + text + "\" is not a key reference; write it as coffer prints it: 0x followed by hex digits");
        }
    }

    public boolean isSessionObject() {
        return (value & SESSION_OBJECT) != 0;
    }

    /** Written out, as is {@link #hashCode}: those of records are put together at run time, which delays every start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyId id && id.value == value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public int compareTo(KeyId other) {
        return Long.compare(value, other.value);
    }

    /** {@code 0x} and sixteen hex digits. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().toHexDigits(value);
    }
}
