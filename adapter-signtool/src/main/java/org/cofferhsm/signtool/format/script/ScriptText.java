package org.cofferhsm.signtool.format.script;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.security.MessageDigest;

/**
 * The text of a script, and where each part of it is in the file.
 *
 * @param encoding how the file's bytes are text
 * @param skipped the bytes of a mark that is not part of the text
 * @param text the rest of the file
 */
record ScriptText(TextEncoding encoding, int skipped, String text) {

    private static final int PIECE = 1 << 14;

    static ScriptText of(ScriptLanguage language, byte[] bytes) {
        TextEncoding encoding = TextEncoding.of(language, bytes);
        String text = encoding.text(bytes);
        boolean skips = encoding.marks(bytes) && !language.signsByteOrderMark();
        return skips
                ? new ScriptText(encoding, encoding.markBytes(), text.substring(1))
                : new ScriptText(encoding, 0, text);
    }

    /** Where a character is in the file. */
    long offset(int index) {
        return skipped
                + switch (encoding) {
                    case UTF_8 -> encoding.encode(text.substring(0, index)).length;
                    case UTF_16LE, UTF_16BE -> (long) index * Character.BYTES;
                    case WINDOWS_1252 -> index;
                };
    }

    /** Takes a part of the text in UTF-16LE, as Windows does, whatever the file's encoding. */
    void addTo(MessageDigest digest, int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate(PIECE * Character.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = from; at < to; at += PIECE) {
            CharBuffer piece = CharBuffer.wrap(text, at, Math.min(to, at + PIECE));
            bytes.clear().limit(piece.remaining() * Character.BYTES);
            bytes.asCharBuffer().put(piece);
            digest.update(bytes);
        }
    }
}
