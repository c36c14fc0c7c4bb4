package org.cofferhsm.tde.preflight;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.tde.MasterKeyId;

/** The key that a preflight makes and takes away again, under names that Oracle would give. */
public record Trial(MasterKeyId id) {

    /** Before the identifier, each of whose hex digits is written as the two hex digits of its ASCII code. */
    public static final String METADATA = "ORACLE.SECURITY.KM.ENCRYPTION.";

    private static final byte UNIFIED = 6;

    static Trial fresh(SecureRandom random) {
        byte[] bytes = new byte[MasterKeyId.LENGTH];
        random.nextBytes(bytes);
        bytes[0] = UNIFIED;
        return new Trial(new MasterKeyId(Octets.of(bytes)));
    }

    /** The label of the key. */
    public String label() {
        return id.label();
    }

    /** The label of the data object beside it. */
    public String metadataLabel() {
        return METADATA + HexFormat.of().withUpperCase().formatHex(id.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
