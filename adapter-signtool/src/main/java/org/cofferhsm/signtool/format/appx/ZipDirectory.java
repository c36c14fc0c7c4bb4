package org.cofferhsm.signtool.format.appx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/**
 * The directory of an archive (APPNOTE.TXT 4.3.12) and what ends it.
 *
 * @param entries the files, in the directory's order
 */
record ZipDirectory(List<ZipEntry> entries, ZipEnd end) {

    /** More than a hundred thousand files; more than any package has, and little enough to keep. */
    private static final int MOST_BYTES = 1 << 24;

    ZipDirectory {
        entries = List.copyOf(entries);
    }

    static ZipDirectory read(Source source) throws IOException {
        ZipEnd end = ZipEnd.read(source);
        if (end.size() > MOST_BYTES) {
            throw HsmException.dataInvalid(source.path() + " has an absurdly large directory: " + end.size());
        }
        ByteBuffer bytes = source.read(end.start(), (int) end.size());
        List<ZipEntry> entries = new ArrayList<>();
        while (bytes.hasRemaining()) {
            entries.add(ZipEntry.next(bytes));
        }
        ZipDirectory directory = new ZipDirectory(entries, end);
        directory.requireSound(source);
        return directory;
    }

    private void requireSound(Source source) {
        if (entries.size() != end.entries()) {
            throw HsmException.dataInvalid(source.path() + " is damaged: its directory has " + entries.size()
                    + " files, but is said to have " + end.entries());
        }
        Stream.of(PackageFile.values()).forEach(this::requireNoTwo);
        entries.forEach(entry -> requireInside(source, entry));
    }

    /** With two files of a name, two programs can disagree on which one counts. */
    private void requireNoTwo(PackageFile file) {
        if (entries.stream().filter(entry -> entry.isNamed(file.path())).count() > 1) {
            throw HsmException.dataInvalid("the package has two files called " + file.path());
        }
    }

    private void requireInside(Source source, ZipEntry entry) {
        if (entry.offset() > end.start() || entry.compressedSize() > end.start() - entry.offset()) {
            throw HsmException.dataInvalid(source.path() + " is damaged: a file in it reaches beyond its end");
        }
    }

    Optional<ZipEntry> find(PackageFile file) {
        return entries.stream().filter(entry -> entry.isNamed(file.path())).findFirst();
    }

    ZipEntry require(PackageFile file) {
        return find(file)
                .orElseThrow(() -> HsmException.dataInvalid(
                        "the package has no " + file.path() + "; it was not made by a packer for Windows"));
    }

    /** Where a file's header, data and descriptor end: where the next one starts. */
    long endOf(ZipEntry entry) {
        return entries.stream()
                .mapToLong(ZipEntry::offset)
                .filter(offset -> offset > entry.offset())
                .min()
                .orElse(end.start());
    }

    ZipDirectory without(ZipEntry entry) {
        List<ZipEntry> rest =
                entries.stream().filter(other -> !other.equals(entry)).toList();
        return new ZipDirectory(rest, end);
    }

    ZipDirectory with(ZipEntry entry) {
        return new ZipDirectory(
                Stream.concat(entries.stream(), Stream.of(entry)).toList(), end);
    }

    /** With another entry in the place of one, and those behind it moved. */
    ZipDirectory replacing(ZipEntry old, ZipEntry by, long distance) {
        return new ZipDirectory(
                entries.stream()
                        .map(entry ->
                                entry.equals(old) ? by : entry.movedBy(entry.offset() > old.offset() ? distance : 0))
                        .toList(),
                end);
    }

    ZipDirectory withDisks(int disks) {
        return new ZipDirectory(entries, end.withDisks(disks));
    }

    /** The directory and the end of an archive whose files end at {@code start}. */
    byte[] encoded(long start) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        entries.forEach(entry -> all.writeBytes(entry.header().toByteArray()));
        ZipEnd closing = end.of(start, all.size(), entries.size());
        all.writeBytes(closing.records().toByteArray());
        return all.toByteArray();
    }
}
