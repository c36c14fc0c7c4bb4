package org.cofferhsm.signtool.format.script;

import org.cofferhsm.signtool.format.script.ScriptLanguage.Comments;

/** Reads a signature block line by line; lines may end in CR LF or, where somebody converted them, in LF. */
final class BlockReader {

    private final String text;
    private final Comments comments;
    private int at;

    BlockReader(String text, Comments comments) {
        this.text = text;
        this.comments = comments;
    }

    /** Reads the block whose first line begins here. */
    SignatureBlock read(int begin) {
        SignatureBlock.require(begin > 0, "there is no line before it");
        int start = begin > 1 && text.charAt(begin - 2) == '\r' ? begin - 2 : begin - 1;
        at = begin;
        nextLine();
        StringBuilder base64 = new StringBuilder();
        String line = nextLine();
        while (!line.equals(comments.end())) {
            base64.append(content(line));
            line = nextLine();
        }
        return SignatureBlock.of(start, at, base64.toString());
    }

    private String nextLine() {
        int end = text.indexOf('\n', at);
        SignatureBlock.require(end >= 0, "it has no end");
        String line = text.substring(at, end > at && text.charAt(end - 1) == '\r' ? end - 1 : end);
        at = end + 1;
        return line;
    }

    private String content(String line) {
        int open = comments.open().length();
        int close = line.length() - comments.close().length();
        boolean sound = close >= open && line.startsWith(comments.open()) && line.endsWith(comments.close());
        SignatureBlock.require(sound, "one of its lines is not part of a signature");
        return line.substring(open, close);
    }
}
