package org.cofferhsm.signtool.format.script;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;

/** How a script's bytes are text. */
enum TextEncoding {
    UTF_8(0xef, 0xbb, 0xbf) {
        @Override
        String decode(ByteBuffer bytes) throws CharacterCodingException {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        }

        @Override
        byte[] encode(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    },
    UTF_16LE(0xff, 0xfe) {
        @Override
        String decode(ByteBuffer bytes) {
            return units(bytes.order(ByteOrder.LITTLE_ENDIAN));
        }

        @Override
        byte[] encode(String text) {
            return text.getBytes(StandardCharsets.UTF_16LE);
        }
    },
    UTF_16BE(0xfe, 0xff) {
        @Override
        String decode(ByteBuffer bytes) {
            return units(bytes.order(ByteOrder.BIG_ENDIAN));
        }

        @Override
        byte[] encode(String text) {
            return text.getBytes(StandardCharsets.UTF_16BE);
        }
    },
    /** The code page of western Windows, where five unused bytes are control characters. */
    WINDOWS_1252 {
        @Override
        String decode(ByteBuffer bytes) {
            StringBuilder text = new StringBuilder(bytes.remaining());
            while (bytes.hasRemaining()) {
                text.append(CODE_PAGE.charAt(Byte.toUnsignedInt(bytes.get())));
            }
            return text.toString();
        }

        @Override
        byte[] encode(String text) {
            return text.getBytes(Charset.forName("windows-1252"));
        }
    };

    private static final char UNUSED = '\ufffd';
    private static final String CODE_PAGE = codePage();

    private final byte[] mark;

    TextEncoding(int... mark) {
        this.mark = new byte[mark.length];
        for (int i = 0; i < mark.length; i++) {
            this.mark[i] = (byte) mark[i];
        }
    }

    private static String codePage() {
        byte[] all = new byte[1 << Byte.SIZE];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        StringBuilder text = new StringBuilder(new String(all, Charset.forName("windows-1252")));
        for (int i = 0; i < all.length; i++) {
            if (text.charAt(i) == UNUSED) {
                text.setCharAt(i, (char) i);
            }
        }
        return text.toString();
    }

    /** By the byte order mark; without one, what the language takes for the default. */
    static TextEncoding of(ScriptLanguage language, byte[] bytes) {
        return Stream.of(UTF_8, UTF_16LE, UTF_16BE)
                .filter(one -> one.marks(bytes))
                .findFirst()
                .orElseGet(() -> language.isUnicodeByDefault() && isUtf8(bytes) ? UTF_8 : WINDOWS_1252);
    }

    /** Whether the text starts with this encoding's mark. */
    boolean marks(byte[] bytes) {
        return mark.length > 0
                && bytes.length >= mark.length
                && ByteBuffer.wrap(bytes, 0, mark.length).equals(ByteBuffer.wrap(mark));
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            return !UTF_8.decode(ByteBuffer.wrap(bytes)).isEmpty() || bytes.length == 0;
        } catch (CharacterCodingException e) {
            return false; // the answer, as there is no other way to ask a decoder
        }
    }

    /** The bytes that a text starts with so that one can tell. */
    int markBytes() {
        return mark.length;
    }

    /** The text of these bytes, a mark included as a character. */
    String text(byte[] bytes) {
        try {
            return decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw HsmException.dataInvalid("the script is marked as UTF-8, but it is not")
                    .causedBy(e);
        }
    }

    abstract String decode(ByteBuffer bytes) throws CharacterCodingException;

    /** The bytes of a part of a decoded text, or of ASCII. */
    abstract byte[] encode(String text);

    /** Every unit as it is, in pairs or not: the digest is over units. */
    private static String units(ByteBuffer bytes) {
        if (bytes.remaining() % Character.BYTES != 0) {
            throw HsmException.dataInvalid("the script is marked as UTF-16, but it has an odd number of bytes");
        }
        return bytes.asCharBuffer().toString();
    }
}
