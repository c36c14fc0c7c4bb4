package org.cofferhsm.tde;

import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;

/** The cipher of a tablespace, under Oracle's names ({@code TABLESPACE_ENCRYPTION_DEFAULT_ALGORITHM}). */
public enum TablespaceAlgorithm {
    AES128(16),
    AES192(24),
    AES256(32);

    private final int keyBytes;

    TablespaceAlgorithm(int keyBytes) {
        this.keyBytes = keyBytes;
    }

    /** The length of a key in bytes. */
    public int keyBytes() {
        return keyBytes;
    }

    static TablespaceAlgorithm ofKeyBytes(int keyBytes) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.keyBytes == keyBytes)
                .findFirst()
                .orElseThrow(() ->
                        HsmException.wrappedKeyInvalid("a tablespace key has 16, 24 or 32 bytes, not " + keyBytes));
    }
}
