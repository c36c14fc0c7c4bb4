package org.cofferhsm.signtool.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A compound file with the class of an installer database: streams long and short, and a storage with one more in it.
 * Signable, though no Windows would install it. Laid out by the simplest rules: streams, mini stream, its FAT, directory,
 * FAT.
 */
public final class TinyMsi {
    private static final int END = -2;
    private static final int FREE = -1;
    private static final int MINI = 64;
    private static final int CUTOFF = 4096;
    private static final int ENTRY = 128;

    private final int version;
    private final int sector;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final List<Integer> fat = new ArrayList<>();
    private final ByteArrayOutputStream mini = new ByteArrayOutputStream();
    private final List<Integer> miniFat = new ArrayList<>();
    private final List<ByteBuffer> entries = new ArrayList<>();

    private TinyMsi(int version, int inner) {
        this.version = version;
        this.sector = version == 3 ? 512 : 4096;
        ByteBuffer root = entry("Root Entry", 5);
        root.position(80).put(bytes(0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46));
        ByteBuffer storage = entry("Inner", 1);
        storage.put(80, (byte) 7).putLong(100, 42).putInt(76, 2);
        root.putInt(76, 1);
        stream("Ab", pattern(inner));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** With a storage and nothing else. */
    public static TinyMsi version(int version) {
        return new TinyMsi(version, 100);
    }

    /** With nothing that would need a mini stream. */
    public static TinyMsi withoutShortStreams(int version) {
        return new TinyMsi(version, 9000);
    }

    /** With short and long streams too. */
    public static TinyMsi sample(int version) {
        return version(version)
                .with("Zebra", pattern(10))
                .with("apple!", pattern(5000))
                .with("\u4840\u3f3f\u4577", pattern(4096))
                .with("Empty stream", new byte[0]);
    }

    /** Bytes that differ from place to place. */
    public static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    /** With one more stream; names must come in the order of their lengths. */
    public TinyMsi with(String name, byte[] content) {
        int id = entries.size();
        entries.get(id == 3 ? 1 : id - 1).putInt(72, id); // a tree that is a list
        stream(name, content);
        return this;
    }

    private void stream(String name, byte[] content) {
        ByteBuffer entry = entry(name, 2);
        boolean small = content.length < CUTOFF;
        entry.putInt(116, small ? chain(mini, miniFat, content, MINI) : chain(data, fat, content, sector));
        entry.putInt(120, content.length);
    }

    private ByteBuffer entry(String name, int type) {
        ByteBuffer entry = little(ENTRY);
        byte[] characters = name.getBytes(StandardCharsets.UTF_16LE);
        entry.put(characters).putShort(64, (short) (characters.length + 2));
        entry.put(66, (byte) type).put(67, (byte) 1);
        entry.putInt(68, FREE).putInt(72, FREE).putInt(76, FREE);
        entries.add(entry);
        return entry;
    }

    private static int chain(ByteArrayOutputStream to, List<Integer> links, byte[] content, int unit) {
        int count = (content.length + unit - 1) / unit;
        int first = links.size();
        for (int i = 1; i <= count; i++) {
            links.add(i == count ? END : first + i);
        }
        to.writeBytes(Arrays.copyOf(content, count * unit));
        return count == 0 ? END : first;
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    /** The file; to be asked for once. */
    public byte[] bytes() {
        entries.get(0).putInt(120, mini.size());
        entries.get(0).putInt(116, chain(data, fat, mini.toByteArray(), sector));
        byte[] miniLinks = links(miniFat);
        int miniFatStart = chain(data, fat, miniLinks, sector);
        byte[] directory = directory();
        int directoryStart = chain(data, fat, directory, sector);
        ByteBuffer header = little(sector);
        header.putLong(0xe11ab1a1e011cfd0L).position(24);
        header.putShort((short) 0x3e).putShort((short) version).putShort((short) 0xfffe);
        header.putShort((short) (version == 3 ? 9 : 12)).putShort((short) 6);
        header.putInt(40, version == 3 ? 0 : directory.length / sector).putInt(48, directoryStart);
        header.putInt(56, CUTOFF).putInt(60, miniFatStart).putInt(64, miniLinks.length / sector);
        fat(header);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(header.array());
        all.writeBytes(data.toByteArray());
        return all.toByteArray();
    }

    private byte[] directory() {
        ByteBuffer directory = little((entries.size() * ENTRY + sector - 1) / sector * sector);
        entries.forEach(entry -> directory.put(entry.array()));
        while (directory.hasRemaining()) {
            directory.putInt(directory.position() + 68, FREE).putInt(directory.position() + 72, FREE);
            directory.putInt(directory.position() + 76, FREE).position(directory.position() + ENTRY);
        }
        return directory.array();
    }

    private byte[] links(List<Integer> values) {
        ByteBuffer links = little((values.size() * 4 + sector - 1) / sector * sector);
        values.forEach(links::putInt);
        while (links.hasRemaining()) {
            links.putInt(FREE);
        }
        return links.array();
    }

    private void fat(ByteBuffer header) {
        int per = sector / 4;
        int difats = 0;
        int fats = 0;
        while ((fats + difats + fat.size() + per - 1) / per > fats) {
            fats++;
            difats = fats <= 109 ? 0 : (fats - 109 + per - 2) / (per - 1);
        }
        int first = fat.size();
        for (int i = 0; i < fats + difats; i++) {
            fat.add(i < fats ? -3 : -4);
        }
        data.writeBytes(links(fat));
        header.putInt(44, fats).putInt(68, difats == 0 ? END : first + fats).putInt(72, difats);
        for (int i = 0; i < 109; i++) {
            header.putInt(76 + i * 4, i < fats ? first + i : FREE);
        }
        for (int i = 0; i < difats; i++) {
            data.writeBytes(difat(i, first, fats, i == difats - 1));
        }
    }

    private byte[] difat(int index, int first, int fats, boolean last) {
        int per = sector / 4 - 1;
        ByteBuffer difat = little(sector);
        for (int i = 0; i < per; i++) {
            int number = 109 + index * per + i;
            difat.putInt(number < fats ? first + number : FREE);
        }
        return difat.putInt(last ? END : first + fats + index + 1).array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
