package org.cofferhsm.tde.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * The plan of an installation: all that is wrong is found before anything is changed.
 *
 * @param changes in their order; none when all is in place
 * @param warnings what an administrator should know all the same
 */
public record Installation(List<Change> changes, List<String> warnings) {

    private static final String LIBRARY_MODE = "rwxr-xr-x";
    private static final String CONFIGURATION_MODE = "rw-r--r--";

    public Installation {
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }

    /** Plans to install one version and, where Oracle takes the one library there is, to remove our older ones. */
    public static Installation of(InstallRequest request) {
        InstalledModule target = request.target();
        OracleTree tree = target.tree();
        TreeRules rules = new TreeRules(tree);
        rules.requireNoOther();
        rules.requirePath(target.library());
        Owner owner = rules.owner(request.owner());
        List<Path> outdated = tree.layout().isSearched()
                ? tree.ours().stream()
                        .filter(library -> !library.equals(target.library()))
                        .toList()
                : List.of();
        List<Change> changes = new ArrayList<>(directories(tree, target.library(), owner));
        library(request, owner).ifPresent(changes::add);
        configuration(request, owner).ifPresent(changes::add);
        outdated.forEach(library -> changes.addAll(removal(tree, library)));
        return new Installation(changes, rules.warnings(request, owner));
    }

    private static List<Change> directories(OracleTree tree, Path library, Owner owner) {
        List<Path> there = tree.directoriesTo(library);
        List<Change> changes = new ArrayList<>();
        for (Path path = library.resolveSibling(""); path != null && !there.contains(path); path = path.getParent()) {
            if (path.equals(tree.root())) {
                break;
            }
            changes.add(0, new Change.MakeDirectory(path, owner));
        }
        return changes;
    }

    private static Optional<Change> library(InstallRequest request, Owner owner) {
        GlibcNeed.of(request.source()); // refuses what is no library
        Change.WriteFile file =
                new Change.WriteFile(request.target().library(), read(request.source()), LIBRARY_MODE, owner);
        return isThere(file) ? Optional.empty() : Optional.of(file);
    }

    private static Optional<Change> configuration(InstallRequest request, Owner owner) {
        Optional<ModuleConfiguration> old = present(request.target());
        ModuleConfiguration wanted = old.map(
                        found -> request.socket().map(found::with).orElse(found))
                .orElseGet(() -> ModuleConfiguration.fresh(request.socket().orElse(InstallRequest.USUAL_SOCKET)));
        Change.WriteFile file = new Change.WriteFile(
                request.target().configuration(),
                Octets.of(wanted.text().getBytes(StandardCharsets.UTF_8)),
                CONFIGURATION_MODE,
                owner);
        return isThere(file) ? Optional.empty() : Optional.of(file);
    }

    /** What is configured now: beside this version, or beside the one that it replaces. */
    private static Optional<ModuleConfiguration> present(InstalledModule target) {
        List<Path> candidates = new ArrayList<>(List.of(target.configuration()));
        target.tree().ours().stream()
                .map(library -> library.resolveSibling(InstalledModule.CONFIGURATION))
                .forEach(candidates::add);
        return candidates.stream().filter(Files::exists).findFirst().map(ModuleConfiguration::at);
    }

    /** A link, or what others may write to, is no such file, whatever is in it. */
    private static boolean isThere(Change.WriteFile file) {
        return Files.isRegularFile(file.path(), LinkOption.NOFOLLOW_LINKS)
                && read(file.path()).equals(file.content())
                && Owner.of(file.path()).equals(file.owner())
                && permissions(file.path()).equals(file.permissions());
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the permissions of " + file + " cannot be read")
                    .causedBy(e);
        }
    }

    private static Octets read(Path file) {
        try {
            return Octets.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw HsmException.argumentInvalid(
                            "the file " + file + " cannot be read; run this as root, or name another")
                    .causedBy(e);
        }
    }

    /** Plans to take away all versions of our library from the tree, and what is empty then. */
    public static Installation removalOf(OracleTree tree) {
        List<Path> ours = tree.ours();
        if (ours.isEmpty()) {
            throw HsmException.argumentInvalid(
                    "there is no " + InstalledModule.LIBRARY + " below " + tree.vendor() + "; nothing was removed");
        }
        List<Change> changes = new ArrayList<>();
        ours.forEach(library -> changes.addAll(removal(tree, library)));
        changes.add(new Change.Remove(tree.vendor()));
        return new Installation(
                changes,
                List.of("a process of Oracle's that has the library loaded keeps it until its end;"
                        + " without the library Oracle answers ORA-28376 and cannot decrypt"));
    }

    private static List<Change> removal(OracleTree tree, Path library) {
        List<Change> changes = new ArrayList<>(List.of(new Change.Remove(library)));
        Path configuration = library.resolveSibling(InstalledModule.CONFIGURATION);
        if (Files.exists(configuration)) {
            changes.add(new Change.Remove(configuration));
        }
        if (!library.resolveSibling("").equals(tree.vendor())) {
            changes.add(new Change.Remove(library.resolveSibling("")));
        }
        return changes;
    }

    /** Makes the changes. What was made before one that fails stays; running it again goes on from there. */
    public void make() {
        for (Change change : changes) {
            try {
                change.make();
            } catch (IOException e) {
                throw HsmException.argumentInvalid("could not " + change.verb() + " " + change.path() + " (" + e
                                + "); run this as root; what was done before stays and is found by the next run")
                        .causedBy(e);
            }
        }
    }
}
