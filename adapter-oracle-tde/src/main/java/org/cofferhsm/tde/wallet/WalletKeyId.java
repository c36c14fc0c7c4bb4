package org.cofferhsm.tde.wallet;

import java.util.Base64;
import java.util.Optional;

/** The identifier of a master key in a wallet, as {@code V$ENCRYPTION_KEYS.KEY_ID} shows it: 39 bytes in Base64. */
public record WalletKeyId(String text) {

    private static final int CHARACTERS = 52;
    private static final int BYTES = 39;

    public WalletKeyId {
        if (!isOne(text)) {
            throw new IllegalArgumentException("a wallet's key identifier is 39 bytes in Base64");
        }
    }

    static Optional<WalletKeyId> parse(String text) {
        return isOne(text) ? Optional.of(new WalletKeyId(text)) : Optional.empty();
    }

    private static boolean isOne(String text) {
        if (text.length() != CHARACTERS) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(text).length == BYTES;
        } catch (IllegalArgumentException e) {
            return false; // an entry of another kind
        }
    }

    /** The name of the entry that holds its value. */
    String entry() {
        return EntryNames.KEY + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
