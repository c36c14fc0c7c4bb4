package org.cofferhsm.tde;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/** The identifier of a unified master key as Oracle forms it: 17 bytes, of which the first is 6 and the rest random. */
public record MasterKeyId(Octets bytes) {

    /** The length of an identifier in bytes. */
    public static final int LENGTH = 17;

    private static final byte UNIFIED_MASTER_KEY = 6;
    private static final int KEY_ID_CHARACTERS = 52;
    private static final String PREFIX = "ORACLE.TDE.HSM.MK.";
    private static final Pattern LABEL = Pattern.compile(Pattern.quote(PREFIX) + "(06[0-9A-F]{32})");

    public MasterKeyId {
        if (bytes.length() != LENGTH || bytes.toByteArray()[0] != UNIFIED_MASTER_KEY) {
            throw HsmException.dataInvalid(
                    "a master key's identifier has 17 bytes and begins with 06, unlike " + bytes);
        }
    }

    /** The identifier with these 16 random bytes. */
    static MasterKeyId ofRandom(byte[] random) {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = UNIFIED_MASTER_KEY;
        System.arraycopy(random, 0, bytes, 1, LENGTH - 1);
        return new MasterKeyId(Octets.of(bytes));
    }

    /** The identifier that these 34 hex digits name, as {@link #toString} writes them. */
    public static MasterKeyId ofHex(String hex) {
        return new MasterKeyId(Octets.of(HexFormat.of().parseHex(hex)));
    }

    /** The identifier that a DBA names: by its label, its 34 hex digits or the 52 characters of {@code KEY_ID}. */
    public static MasterKeyId parse(String text) {
        try {
            if (text.startsWith(PREFIX)) {
                return ofHex(text.substring(PREFIX.length()));
            }
            return text.length() == KEY_ID_CHARACTERS ? ofKeyId(text) : ofHex(text);
        } catch (IllegalArgumentException | HsmException e) {
            throw HsmException.argumentInvalid(
                            "\"" + text + "\" is no key id: give the 34 hex digits that begin with 06,"
                                    + " the 52 characters of KEY_ID, or the label")
                    .causedBy(e);
        }
    }

    private static MasterKeyId ofKeyId(String base64) {
        return new MasterKeyId(Octets.of(Arrays.copyOf(Base64.getDecoder().decode(base64), LENGTH)));
    }

    /** The identifier in a label, when the label is one of a unified master key. */
    public static Optional<MasterKeyId> ofLabel(String label) {
        Matcher matcher = LABEL.matcher(label);
        return matcher.matches() ? Optional.of(ofHex(matcher.group(1))) : Optional.empty();
    }

    /** The label under which Oracle looks for this key in an HSM. */
    public String label() {
        return PREFIX + this;
    }

    /** 34 upper-case hex digits. */
    @Override
    public String toString() {
        return bytes.toHex().toUpperCase(Locale.ROOT);
    }
}
