package org.cofferhsm.tde.wallet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * One secret of a wallet.
 *
 * @param name what Oracle calls it, such as {@code ORACLE.SECURITY.DB.ENCRYPTION.MASTERKEY}
 * @param value its text in UTF-8, as it was in the wallet; closed with the wallet
 */
public record WalletEntry(String name, SecretBytes value) implements AutoCloseable {

    static final int LONGEST_NAME = 1024;
    static final int LONGEST_VALUE = 64 * 1024;

    public WalletEntry {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw HsmException.dataInvalid(
                    "the name of a wallet's entry has 1 to " + LONGEST_NAME + " characters and no control characters");
        }
        if (value.length() > LONGEST_VALUE) {
            throw HsmException.dataInvalid("an entry of a wallet has at most " + LONGEST_VALUE + " bytes");
        }
    }

    /** The entry with this text, which stays the caller's to wipe. */
    static WalletEntry of(String name, char[] text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            byte[] value = new byte[encoded.remaining()];
            encoded.get(value);
            Arrays.fill(encoded.array(), (byte) 0);
            return new WalletEntry(name, SecretBytes.owning(value));
        } catch (CharacterCodingException e) {
            throw HsmException.dataInvalid("the value for " + name + " is not whole characters")
                    .causedBy(e);
        }
    }

    WalletEntry copy() {
        return new WalletEntry(name, value.use(SecretBytes::copyOf));
    }

    @Override
    public void close() {
        value.close();
    }
}
