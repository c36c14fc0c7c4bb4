package org.cofferhsm.tde.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The directory tree in which Oracle Database looks for PKCS#11 libraries.
 *
 * @param root what stands for {@code /}: the file system of an image, or of a test
 * @param base Oracle's directory, seen from that root: {@code /opt/oracle}
 */
public record OracleTree(Path root, Path base, Layout layout) {

    /** Where Oracle looks, whatever ORACLE_BASE is. */
    public static final Path USUAL_BASE = Path.of("/opt/oracle");

    static final String VENDOR = "coffer";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern LIBRARY = Pattern.compile(".+\\.so(\\.[0-9]+)*");

    public OracleTree {
        if (!base.isAbsolute() || !root.isAbsolute()) {
            throw HsmException.argumentInvalid("the root " + root + " and Oracle's base directory " + base
                    + " have to be absolute paths; /opt/oracle is where Oracle looks");
        }
        base = base.normalize();
        root = root.normalize();
    }

    /** {@code BASE/extapi/64/hsm} or {@code …/pkcs11}, as it lies on this machine. */
    public Path top() {
        return under(base).resolve("extapi").resolve("64").resolve(layout.directory());
    }

    /** Where the versions of our library are. */
    Path vendor() {
        return top().resolve(VENDOR);
    }

    Path version(String version) {
        return vendor().resolve(version);
    }

    private Path under(Path path) {
        return root.resolve(Path.of("/").relativize(path));
    }

    /** A path of this machine as Oracle will see it. */
    public Path asOracleSees(Path path) {
        return Path.of("/").resolve(root.relativize(path));
    }

    /** All libraries in the tree, in the order of their paths. */
    public List<Path> libraries() {
        if (!Files.isDirectory(top())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(top())) {
            return files.filter(OracleTree::isLibrary).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw HsmException.argumentInvalid("the directory " + top()
                            + " cannot be searched for libraries; run this as root or as Oracle's user")
                    .causedBy(e);
        }
    }

    private static boolean isLibrary(Path file) {
        return LIBRARY.matcher(file.getFileName().toString()).matches()
                && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Those that are ours, by place and name. */
    List<Path> ours() {
        return libraries().stream().filter(this::isOurs).toList();
    }

    /** The newest version of ours that is installed. */
    public Optional<Path> newest() {
        return ours().stream().max(Comparator.comparing(OracleTree::versionOf, Arrays::compare));
    }

    private static int[] versionOf(Path library) {
        return NUMBER.matcher(library.resolveSibling("").getFileName().toString())
                .results()
                .map(MatchResult::group)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    boolean isOurs(Path library) {
        return library.startsWith(vendor()) && library.endsWith(InstalledModule.LIBRARY);
    }

    /** Every directory that exists from below the root to the given file, for checks of links and owners. */
    public List<Path> directoriesTo(Path file) {
        Path rest = root.relativize(file);
        return Stream.iterate(1, length -> length < rest.getNameCount(), length -> length + 1)
                .map(length -> root.resolve(rest.subpath(0, length)))
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }
}
