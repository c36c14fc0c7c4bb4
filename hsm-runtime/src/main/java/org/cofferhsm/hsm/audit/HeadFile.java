package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file {@code head}: two pages that are written in turn, so that one of them is whole whenever the power fails. Not
 * a channel, which an interrupt of the recording thread would close.
 */
final class HeadFile implements AutoCloseable {

    static final String NAME = "head";

    private final RandomAccessFile file;
    private final AuditKeys keys;
    private Head head;

    private HeadFile(RandomAccessFile file, AuditKeys keys, Head head) {
        this.file = file;
        this.keys = keys;
        this.head = head;
    }

    /** Makes the head of a new log, on disk when this returns. */
    static void create(LogDirectory directory, AuditKeys keys) throws IOException {
        byte[] page = Head.ofNewLog().toPage(keys);
        byte[] file = Arrays.copyOf(page, 2 * SealedPage.SIZE);
        directory.createWhole(NAME, file);
    }

    /** Goes on with the head as it was read. */
    static HeadFile open(Path directory, AuditKeys keys, Head head) throws IOException {
        return new HeadFile(new RandomAccessFile(directory.resolve(NAME).toFile(), "rw"), keys, head);
    }

    /** The newest whole page; nothing when neither is one, or there is no file. */
    static Optional<Head> read(Path directory, MacCheck macs) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file) || Files.size(file) != 2 * SealedPage.SIZE) {
            return Optional.empty();
        }
        byte[] pages = Files.readAllBytes(file);
        return Stream.of(0, SealedPage.SIZE)
                .filter(start -> start + SealedPage.SIZE <= pages.length)
                .map(start -> page(Arrays.copyOfRange(pages, start, start + SealedPage.SIZE), macs))
                .flatMap(List::stream)
                .max(Comparator.comparingLong(Head::turn));
    }

    private static List<Head> page(byte[] page, MacCheck macs) {
        try {
            return List.of(Head.ofPage(page, macs));
        } catch (MalformedRecordException e) {
            return List.of(); // torn by a loss of power, or altered: then the other page speaks
        }
    }

    /** Says, on disk when this returns, that all records up to this one are on disk. */
    void advance(long sequence, byte[] hash) throws IOException {
        Head next = head.advancedTo(sequence, hash);
        file.seek(next.turn() % 2 == 1 ? 0 : SealedPage.SIZE);
        file.write(next.toPage(keys));
        file.getFD().sync();
        head = next;
    }

    /** The last record that is on disk. */
    long sequence() {
        return head.sequence();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
