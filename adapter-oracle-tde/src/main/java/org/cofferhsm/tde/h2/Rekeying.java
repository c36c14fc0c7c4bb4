package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.cofferhsm.hsm.file.WholeFile;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.TdeKeystore;

/** One tablespace that gets a new key. */
record Rekeying(Path file, TdeKeystore keystore, PageProgress progress) {

    static final String PART = ".rekey";

    void run(boolean tagged) {
        try {
            OpenTablespaces.OF_THIS_PROCESS.whileRewriting(file, () -> rewrite(tagged));
        } catch (IOException e) {
            throw Unwritable.file(file, e);
        }
    }

    private void rewrite(boolean tagged) throws IOException {
        Object fileKey = TablespaceChannel.fileKey(file);
        try (FileChannel old = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock held = old.tryLock(HeaderSlots.BYTES, Long.MAX_VALUE - HeaderSlots.BYTES, false);
                FileLock header = old.lock(0, HeaderSlots.BYTES, false)) {
            if (held == null || !header.isValid()) {
                throw OraCause.FILE_IN_USE.refusal(file + " is open in another process; close it there");
            }
            TablespaceChannel.requireSame(file, fileKey);
            List<HeaderSlot> slots = new HeaderSlots(old, file.toString()).read();
            PageLayout layout =
                    new PageLayout(HeaderSlots.BYTES, slots.get(0).identity().tagged());
            try (Pages pages = Pages.in(old, layout, new Unlocking(keystore, file.toString()).keys(slots))) {
                WholeFile.inPlaceOf(file)
                        .by(PART)
                        .replace(channel -> new NewFile(channel, tagged).fill(pages), written -> {});
            }
        }
    }

    /** The file that takes the old one's place. */
    private final class NewFile {
        private final FileChannel channel;
        private final boolean tagged;

        private NewFile(FileChannel channel, boolean tagged) {
            this.channel = channel;
            this.tagged = tagged;
        }

        private void fill(Pages old) throws IOException {
            NewTablespace made = NewTablespace.in(keystore, tagged);
            new HeaderSlots(channel, file.toString()).create(made.slot());
            try (Pages pages = new Pages(channel, new PageLayout(HeaderSlots.BYTES, tagged), made.keys(), 0)) {
                new PageCopy(old::read, old.size(), progress).into(pages);
            }
        }
    }
}
