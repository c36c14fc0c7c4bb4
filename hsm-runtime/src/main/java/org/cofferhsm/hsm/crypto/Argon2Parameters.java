package org.cofferhsm.hsm.crypto;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * How a passphrase is stretched by Argon2id (RFC 9106 §3.1); kept beside what the key seals. The limits stop a forged
 * record from taking all memory or time before the passphrase is even checked.
 *
 * @param memoryKib memory in KiB, at least 8 per lane and at most 1 GiB
 * @param passes 1 to 64
 * @param lanes 1 to 64
 * @param salt 8 to 64 bytes
 */
public record Argon2Parameters(int memoryKib, int passes, int lanes, Octets salt) {

    private static final int MAX_MEMORY_KIB = 1 << 20;
    private static final int MAX_PASSES = 64;
    private static final int MAX_LANES = 64;
    private static final int SALT_BYTES = 16;

    public Argon2Parameters {
        require(lanes >= 1 && lanes <= MAX_LANES, "1 to 64 lanes");
        require(memoryKib >= 8 * lanes && memoryKib <= MAX_MEMORY_KIB, "8 KiB of memory per lane to 1 GiB in all");
        require(passes >= 1 && passes <= MAX_PASSES, "1 to 64 passes");
        require(salt.length() >= 8 && salt.length() <= 64, "8 to 64 bytes of salt");
    }

    /** RFC 9106 §4's second recommended option, 64 MiB, 3 passes, 4 lanes, with a new salt of 16 bytes. */
    public static Argon2Parameters recommended(Engine engine) {
        return new Argon2Parameters(64 << 10, 3, 4, Octets.of(engine.randomBytes(SALT_BYTES)));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw HsmException.argumentInvalid("Argon2id takes " + rule);
        }
    }
}
