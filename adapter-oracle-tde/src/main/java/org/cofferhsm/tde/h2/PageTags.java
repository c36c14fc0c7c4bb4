package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.OraCause;

/**
 * The tags of pages: HMAC-SHA-256 of a page's number and its ciphertext, cut to 128 bits (SP 800-107r1 §5.3.3). They show
 * flipped bytes and moved pages; not that a page and its tag were both put back to an older state.
 *
 * <p>A page and its tag cannot be written at once. An entry therefore has room for two: the tag of what is to be written
 * goes beside the tag of what is there, then the page is written. Whoever is killed in between leaves a page that
 * matches one of them. For callers that hold the lock of {@link Pages}.
 */
final class PageTags {

    static final int TAG = 16;
    static final int ENTRY = 2 * TAG;

    private static final int CACHED_GROUPS = 2048;

    private final FileChannel file;
    private final PageLayout layout;
    private final Mac mac;
    private final byte[] computed = new byte[32];
    private final Map<Long, Group> groups = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Group> eldest) {
            return size() > CACHED_GROUPS;
        }
    };

    /**
     * The tags of 128 pages.
     *
     * @param inForce which of the two tags of each page is that of the page on disk: 0 or 1, or 2 for "not known yet"
     */
    private record Group(byte[] tags, byte[] inForce) {}

    private static final byte UNKNOWN = 2;

    PageTags(FileChannel file, PageLayout layout, PageKeys keys) {
        this.file = file;
        this.layout = layout;
        this.mac = keys.tagMac();
    }

    private Group group(long number) throws IOException {
        Group known = groups.get(number);
        return known == null ? load(number) : known;
    }

    private Group load(long number) throws IOException {
        Group group = new Group(new byte[Pages.BYTES], new byte[PageLayout.GROUP]);
        Arrays.fill(group.inForce, UNKNOWN);
        long offset = layout.tagsOffset(number);
        if (offset + Pages.BYTES <= file.size()) {
            WholeBuffers.read(file, ByteBuffer.wrap(group.tags), offset);
        }
        groups.put(number, group);
        return group;
    }

    /** Complains about ciphertext that is not what was written to this page last. */
    void check(long page, byte[] ciphertext, int offset) throws IOException {
        if (whichMatches(page, ciphertext, offset) == UNKNOWN) {
            throw new IOException(OraCause.BLOCK_CORRUPTED.in("page " + page
                    + " of the tablespace was altered or moved outside the database; restore the file from a backup"));
        }
    }

    private byte whichMatches(long page, byte[] ciphertext, int offset) throws IOException {
        Group group = group(page / PageLayout.GROUP);
        int index = (int) (page % PageLayout.GROUP);
        compute(page, ciphertext, offset);
        for (byte which = 0; which < UNKNOWN; which++) {
            int at = index * ENTRY + which * TAG;
            if (MessageDigest.isEqual(Arrays.copyOf(computed, TAG), Arrays.copyOfRange(group.tags, at, at + TAG))) {
                group.inForce[index] = which;
                return which;
            }
        }
        return UNKNOWN;
    }

    private void compute(long page, byte[] ciphertext, int offset) {
        try {
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, page));
            mac.update(ciphertext, offset, Pages.BYTES);
            mac.doFinal(computed, 0);
        } catch (ShortBufferException e) {
            throw HsmException.internal("HMAC-SHA-256 is longer than 32 bytes").causedBy(e);
        }
    }

    /**
     * Puts the tags of a run of pages on disk, before the pages themselves are written.
     *
     * @param existing how many pages the file has now
     */
    void announce(PageRun run, byte[] ciphertext, long existing) throws IOException {
        Group group = group(run.first() / PageLayout.GROUP);
        int index = (int) (run.first() % PageLayout.GROUP);
        for (int i = 0; i < run.count(); i++) {
            long page = run.first() + i;
            int free = 1 - inForce(group, page, existing);
            compute(page, ciphertext, i * Pages.BYTES);
            System.arraycopy(computed, 0, group.tags, (index + i) * ENTRY + free * TAG, TAG);
        }
        ByteBuffer changed = ByteBuffer.wrap(group.tags, index * ENTRY, run.count() * ENTRY);
        WholeBuffers.write(file, changed, layout.tagsOffset(run.first() / PageLayout.GROUP) + index * ENTRY);
    }

    private int inForce(Group group, long page, long existing) throws IOException {
        int index = (int) (page % PageLayout.GROUP);
        if (group.inForce[index] == UNKNOWN && page < existing) {
            byte[] onDisk = new byte[Pages.BYTES];
            WholeBuffers.read(file, ByteBuffer.wrap(onDisk), layout.offset(page));
            whichMatches(page, onDisk, 0);
        }
        return group.inForce[index] & 1; // where neither matches, the page is lost anyway
    }

    /** A write failed: which tags are in force is to be found out from the disk again. */
    void forget(PageRun run) {
        groups.remove(run.first() / PageLayout.GROUP);
    }

    /** The pages are on disk: the new tags are in force. */
    void written(PageRun run) throws IOException {
        Group group = group(run.first() / PageLayout.GROUP);
        int index = (int) (run.first() % PageLayout.GROUP);
        for (int i = 0; i < run.count(); i++) {
            group.inForce[index + i] = (byte) (1 - (group.inForce[index + i] & 1));
        }
    }
}
