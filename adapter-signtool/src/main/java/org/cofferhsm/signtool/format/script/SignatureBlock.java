package org.cofferhsm.signtool.format.script;

import java.util.Base64;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.PaddedSignature;
import org.cofferhsm.signtool.format.script.ScriptLanguage.Comments;

/**
 * The comment that holds a script's signature.
 *
 * @param start the index of its first character, the end of the line before it
 * @param end the index behind its last character
 * @param signature what it holds
 */
record SignatureBlock(int start, int end, PaddedSignature signature) {

    private static final String LINE_END = "\r\n";
    private static final int LINE_CHARACTERS = 64;
    private static final String WHERE = "the script's signature block";

    /**
     * Finds the block. It must be the only one and stand where it belongs: programs disagree on others, and text behind
     * the block would not be part of what some of them check.
     */
    static Optional<SignatureBlock> in(ScriptText script, ScriptLanguage language) {
        String text = script.text();
        Comments comments = language.comments();
        int begin = lineFrom(0, text, comments.begin());
        if (begin < 0) {
            return Optional.empty();
        }
        require(lineFrom(begin + 1, text, comments.begin()) < 0, "there are several");
        SignatureBlock block = new BlockReader(text, comments).read(begin);
        int start = block.start();
        String rest = text.substring(block.end());
        int position = language.blockPosition(text.substring(0, start) + rest);
        require(position == start, "it is not at its place; nothing may be behind it but what belongs there");
        return Optional.of(block);
    }

    static void require(boolean sound, String otherwise) {
        if (!sound) {
            throw HsmException.dataInvalid(WHERE + " cannot be read: " + otherwise);
        }
    }

    /** Where a line with nothing else begins; negative if there is none. */
    private static int lineFrom(int from, String text, String line) {
        int at = text.indexOf(line, from);
        while (at >= 0 && !isLine(text, at, at + line.length())) {
            at = text.indexOf(line, at + 1);
        }
        return at;
    }

    private static boolean isLine(String text, int start, int end) {
        boolean starts = start == 0 || text.charAt(start - 1) == '\n';
        return starts && (end == text.length() || text.charAt(end) == '\r' || text.charAt(end) == '\n');
    }

    /** What a block between these indices holds. */
    static SignatureBlock of(int start, int end, String base64) {
        byte[] stored = Decoding.of(WHERE, () -> Base64.getDecoder().decode(base64));
        return new SignatureBlock(start, end, PaddedSignature.of(WHERE, stored));
    }

    /** The block for a signature, from the end of the line before it to the end of its last line. */
    static String text(Octets signature, Comments comments) {
        String base64 = Base64.getEncoder().encodeToString(signature.toByteArray());
        StringBuilder text =
                new StringBuilder(LINE_END).append(comments.begin()).append(LINE_END);
        for (int at = 0; at < base64.length(); at += LINE_CHARACTERS) {
            text.append(comments.open())
                    .append(base64, at, Math.min(base64.length(), at + LINE_CHARACTERS))
                    .append(comments.close())
                    .append(LINE_END);
        }
        return text.append(comments.end()).append(LINE_END).toString();
    }
}
