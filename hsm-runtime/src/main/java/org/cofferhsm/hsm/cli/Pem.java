package org.cofferhsm.hsm.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;

/** The textual encoding of a public key (RFC 7468 §13). */
final class Pem {

    private static final String LABEL = "PUBLIC KEY";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private Pem() {}

    static byte[] encodePublicKey(byte[] subjectPublicKeyInfo) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(subjectPublicKeyInfo);
        return ("-----BEGIN " + LABEL + "-----\n" + body + "\n-----END " + LABEL + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] decodePublicKey(byte[] text) {
        Matcher block = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw HsmException.dataInvalid("the file holds no PEM block");
        }
        if (!block.group(1).equals(LABEL)) {
            throw HsmException.dataInvalid("the PEM block is a " + block.group(1)
                    + "; only a PUBLIC KEY can be imported in the clear, other keys come in wrapped");
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw HsmException.dataInvalid("the PEM block is not Base64").causedBy(e);
        }
    }
}
