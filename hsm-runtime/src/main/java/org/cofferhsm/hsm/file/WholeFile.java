package org.cofferhsm.hsm.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A file that has all of its new content, or is as it was, whatever interrupts its writing: it is written under another
 * name beside its own, forced to disk, and given its name, which is on disk when a call returns.
 */
public final class WholeFile {

    private final Path path;
    private final Path part;
    private final Rights rights;

    private WholeFile(Path path, Path part, Rights rights) {
        this.path = path;
        this.part = part;
        this.rights = rights;
    }

    /** What writes the content. */
    @FunctionalInterface
    public interface Writing {
        /** Writes to a channel that is empty and open for reading and writing. */
        void into(FileChannel channel) throws IOException;

        /** Writes content that is there already. */
        static Writing of(byte[] content) {
            return channel -> {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            };
        }
    }

    /** What is done with the written file before it gets its name; it throws to leave all as it was. */
    @FunctionalInterface
    public interface Finishing {
        void of(Path written) throws IOException;
    }

    /** A file with the rights that all files have which this process makes. */
    public static WholeFile at(Path path) {
        return new WholeFile(path, besides(path), Rights.USUAL);
    }

    /** A file that only its owner may open, from its first moment. */
    public static WholeFile ownersOnly(Path path) {
        return new WholeFile(path, besides(path), Rights.OWNERS_ONLY);
    }

    /** A file whose owner, group and permissions stay what they are; a symbolic link to one stays a link. */
    public static WholeFile inPlaceOf(Path path) throws IOException {
        Path real = Files.exists(path) ? path.toRealPath() : path;
        return new WholeFile(real, besides(real), Rights.KEPT);
    }

    /** A name that nobody can foresee, so that nobody can put a link there. */
    private static Path besides(Path path) {
        return path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".coffer-new");
    }

    /** The same, written under its own name with this suffix: what a killed process leaves of a large file is replaced. */
    public WholeFile by(String suffix) {
        return new WholeFile(path, path.resolveSibling(path.getFileName() + suffix), rights);
    }

    /** Makes the file. Complains by {@link FileAlreadyExistsException} when it is there, also when it came meanwhile. */
    public void create(byte[] content) throws IOException {
        create(Writing.of(content));
    }

    /** Makes the file; see {@link #create(byte[])}. */
    public void create(Writing writing) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        try (Part written = new Part(part)) {
            written.write(writing, rights.ofPart(path));
            written.become(path);
        }
        forceName();
    }

    /** Makes the file, or takes the place of what is there. */
    public void replace(byte[] content) throws IOException {
        replace(Writing.of(content), written -> {});
    }

    /** Makes the file, or takes the place of what is there. */
    public void replace(Writing writing, Finishing finishing) throws IOException {
        try (Part written = new Part(part)) {
            written.write(writing, rights.ofPart(path));
            rights.giveTo(part, path);
            finishing.of(part);
            written.replace(path);
        }
        forceName();
    }

    private void forceName() throws IOException {
        OnDisk.forceNames(path.toAbsolutePath().resolveSibling(""));
    }
}
