package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private static final int MODEL = 400 * Pages.BYTES;

    @TempDir
    private Path directory;

    private FileChannel file;

    @BeforeEach
    void open() throws IOException {
        file = FileChannel.open(
                directory.resolve("pages"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
    }

    private Pages pages(boolean tagged) throws IOException {
        return Pages.in(
                file, new PageLayout(HeaderSlots.BYTES, tagged), PageKeys.of(new byte[32], Octets.of((byte) 1)));
    }

    private static byte[] read(Pages pages, int position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && pages.read(buffer, position + buffer.position()) > 0) {
            // goes on until the buffer is full or the file ends
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void behavesAsAPlainFileDoes(boolean tagged) throws IOException {
        Random random = new Random(20261122);
        byte[] model = new byte[MODEL];
        random.nextBytes(model);
        try (Pages first = pages(tagged)) {
            first.write(ByteBuffer.wrap(model), 0);
        }
        try (Pages pages = pages(tagged)) {
            for (int i = 0; i < 500; i++) {
                int position = random.nextInt(MODEL);
                byte[] piece = new byte[1 + random.nextInt(Math.min(50_000, MODEL - position))];
                if (random.nextBoolean()) {
                    random.nextBytes(piece);
                    System.arraycopy(piece, 0, model, position, piece.length);
                    pages.write(ByteBuffer.wrap(piece), position);
                }
                assertThat(read(pages, position, piece.length))
                        .isEqualTo(Arrays.copyOfRange(model, position, position + piece.length));
            }
        }
        try (Pages again = pages(tagged)) {
            assertThat(again.size()).isEqualTo(MODEL);
            assertThat(read(again, 0, MODEL)).isEqualTo(model);
            again.truncate(3 * Pages.BYTES);
            assertThat(read(again, 0, MODEL)).isEqualTo(Arrays.copyOf(model, 3 * Pages.BYTES));
        }
    }

    @Test
    void findsAPageThatWasMovedWithItsTag() throws IOException {
        PageLayout layout = new PageLayout(HeaderSlots.BYTES, true);
        try (Pages pages = pages(true)) {
            pages.write(ByteBuffer.allocate(4 * Pages.BYTES), 0);
        }
        copy(layout.offset(1), layout.offset(2), Pages.BYTES);
        copy(layout.tagsOffset(0) + PageTags.ENTRY, layout.tagsOffset(0) + 2 * PageTags.ENTRY, PageTags.ENTRY);

        try (Pages pages = pages(true)) {
            assertThat(read(pages, Pages.BYTES, Pages.BYTES)).containsOnly(0);
            assertThatThrownBy(() -> read(pages, 2 * Pages.BYTES, Pages.BYTES))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("page 2")
                    .hasMessageContaining("ORA-01578");
        }
    }

    /** Killed between the tags of a page and the page itself: the page is still what it was. */
    @Test
    void readsAPageOfWhichOnlyTheNewTagWasWritten() throws IOException {
        PageLayout layout = new PageLayout(HeaderSlots.BYTES, true);
        try (Pages pages = pages(true)) {
            pages.write(ByteBuffer.wrap(filled(1)), 0);
        }
        ByteBuffer old = ByteBuffer.allocate(Pages.BYTES);
        WholeBuffers.read(file, old, layout.offset(0));
        for (int next = 2; next < 5; next++) {
            try (Pages pages = pages(true)) {
                pages.write(ByteBuffer.wrap(filled(next)), 0);
            }
            WholeBuffers.write(file, old.flip(), layout.offset(0));

            try (Pages pages = pages(true)) {
                assertThat(read(pages, 0, Pages.BYTES)).isEqualTo(filled(1));
            }
        }
    }

    /** The tags of pages of which a write got no further are not overwritten by those of the next attempt. */
    @Test
    void readsWhatIsOnDiskAfterTwoWritesThatFailed() throws IOException {
        FullDisk disk = new FullDisk(file);
        try (Pages pages = Pages.in(
                disk, new PageLayout(HeaderSlots.BYTES, true), PageKeys.of(new byte[32], Octets.of((byte) 1)))) {
            pages.write(ByteBuffer.wrap(twoPages(1)), 0);
            disk.leave(2 * PageTags.ENTRY + Pages.BYTES);
            assertThatThrownBy(() -> pages.write(ByteBuffer.wrap(twoPages(2)), 0))
                    .hasMessageContaining("No space");
            disk.leave(2 * PageTags.ENTRY);
            assertThatThrownBy(() -> pages.write(ByteBuffer.wrap(twoPages(3)), 0))
                    .hasMessageContaining("No space");
            assertThat(pages.size()).isEqualTo(2 * Pages.BYTES);
        }

        try (Pages again = pages(true)) {
            assertThat(read(again, 0, Pages.BYTES)).isEqualTo(filled(2));
            assertThat(read(again, Pages.BYTES, Pages.BYTES)).isEqualTo(filled(1));
        }
    }

    private static byte[] twoPages(int value) {
        byte[] pages = new byte[2 * Pages.BYTES];
        Arrays.fill(pages, (byte) value);
        return pages;
    }

    private static byte[] filled(int value) {
        byte[] page = new byte[Pages.BYTES];
        Arrays.fill(page, (byte) value);
        return page;
    }

    private void copy(long from, long to, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        WholeBuffers.read(file, bytes, from);
        WholeBuffers.write(file, bytes.flip(), to);
    }
}
