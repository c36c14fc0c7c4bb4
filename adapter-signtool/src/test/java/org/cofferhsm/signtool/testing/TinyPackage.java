package org.cofferhsm.signtool.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A package for Windows as MakeAppx packs it: block map and content types at the end, sizes behind the data, with Zip64
 * records or without. Signable, though no Windows would run what is in it.
 */
public final class TinyPackage {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<byte[]> directory = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean zip64;
    private boolean contentTypesFirst;
    private String hashMethod = "http://www.w3.org/2001/04/xmlenc#sha256";

    private TinyPackage() {}

    /** With one program in it, and a manifest whose publisher is CN=Example Releases. */
    public static TinyPackage app() {
        return new TinyPackage().with("App/example.bin", pattern(3000)).with("AppxManifest.xml", manifest());
    }

    /** A bundle. */
    public static TinyPackage bundle() {
        return new TinyPackage()
                .with("example.appx", pattern(500))
                .with("AppxMetadata/AppxBundleManifest.xml", manifest());
    }

    private static byte[] manifest() {
        return ascii("<Package><Identity Name=\"Example\" Publisher=\"CN=Example Releases\"/></Package>");
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * i / 7);
        }
        return bytes;
    }

    /** With one more file. */
    public TinyPackage with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** With Zip64 records everywhere, as MakeAppx writes them whether needed or not. */
    public TinyPackage withZip64() {
        zip64 = true;
        return this;
    }

    /** With the content types before everything else. */
    public TinyPackage withContentTypesFirst() {
        contentTypesFirst = true;
        return this;
    }

    /** With this hash method in its block map. */
    public TinyPackage hashedBy(String uri) {
        hashMethod = uri;
        return this;
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    /** The package; to be asked for once. */
    public byte[] bytes() {
        byte[] types = ascii("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
                + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"bin\" ContentType=\"application/octet-stream\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/vnd.ms-appx.manifest+xml\"/></Types>");
        byte[] map = ascii(blockMap());
        if (contentTypesFirst) {
            add("[Content_Types].xml", types);
        }
        files.forEach(this::add);
        if (!files.containsKey("AppxBlockMap.xml")) {
            add("AppxBlockMap.xml", map);
        }
        if (!contentTypesFirst && !files.containsKey("[Content_Types].xml")) {
            add("[Content_Types].xml", types);
        }
        end();
        return out.toByteArray();
    }

    private String blockMap() {
        StringBuilder map = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\r\n");
        map.append("<BlockMap xmlns=\"http://schemas.microsoft.com/appx/2010/blockmap\" HashMethod=\"");
        map.append(hashMethod).append("\">");
        files.forEach((name, content) -> {
            map.append("<File Name=\"").append(name.replace('/', '\\')).append("\" Size=\"");
            map.append(content.length)
                    .append("\" LfhSize=\"")
                    .append(30 + name.length())
                    .append("\">");
            for (int at = 0; at < content.length; at += BLOCK_BYTES) {
                map.append("<Block Hash=\"").append(hash(content, at)).append("\"/>");
            }
            map.append("</File>");
        });
        return map.append("</BlockMap>").toString();
    }

    private static String hash(byte[] content, int at) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content, at, Math.min(BLOCK_BYTES, content.length - at));
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(String name, byte[] content) {
        byte[] packed = deflated(content);
        CRC32 crc = new CRC32();
        crc.update(content);
        long offset = out.size();
        ByteBuffer local = little(30).putInt(0x04034b50).putShort((short) 45).putShort((short) 8);
        local.putShort((short) 8).putInt(0x5a212345).putShort(26, (short) name.length());
        out.writeBytes(local.array());
        out.writeBytes(ascii(name));
        out.writeBytes(packed);
        ByteBuffer sizes = little(zip64 ? 24 : 16).putInt(0x08074b50).putInt((int) crc.getValue());
        size(sizes, packed.length);
        size(sizes, content.length);
        out.writeBytes(sizes.array());
        central(name, (int) crc.getValue(), new long[] {content.length, packed.length, offset});
    }

    private void size(ByteBuffer to, long value) {
        if (zip64) {
            to.putLong(value);
        } else {
            to.putInt((int) value);
        }
    }

    private void central(String name, int crc, long... fields) {
        ByteBuffer entry = little(46 + name.length() + (zip64 ? 28 : 0));
        entry.putInt(0x02014b50).putShort((short) 45).putShort((short) 45).putShort((short) 8);
        entry.putShort((short) 8).putInt(0x5a212345).putInt(crc);
        entry.putInt(zip64 ? -1 : (int) fields[1]).putInt(zip64 ? -1 : (int) fields[0]);
        entry.putShort((short) name.length()).putShort((short) (zip64 ? 28 : 0));
        entry.putInt(42, zip64 ? -1 : (int) fields[2]).position(46);
        entry.put(ascii(name));
        if (zip64) {
            entry.putShort((short) 1).putShort((short) 24);
            entry.putLong(fields[0]).putLong(fields[1]).putLong(fields[2]);
        }
        directory.add(entry.array());
    }

    private void end() {
        int start = out.size();
        directory.forEach(out::writeBytes);
        int size = out.size() - start;
        int count = directory.size();
        if (zip64) {
            ByteBuffer wide = little(76).putInt(0x06064b50).putLong(44).putShort((short) 45);
            wide.putShort((short) 45).putLong(0).putLong(count).putLong(count);
            wide.putLong(size).putLong(start);
            wide.putInt(0x07064b50).putInt(0).putLong(start + size).putInt(1);
            out.writeBytes(wide.array());
        }
        ByteBuffer end = little(22).putInt(0x06054b50);
        if (zip64) {
            end.putLong(-1).putLong(-1);
        } else {
            end.putInt(0).putShort((short) count).putShort((short) count);
            end.putInt(size).putInt(start);
        }
        out.writeBytes(end.array());
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
