package org.cofferhsm.tde.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;

/** What Oracle demands of the directories and the library in its tree. */
public record TreeRules(OracleTree tree) {

    /** The libraries that Oracle could load instead of ours; in a tree that is not searched they do no harm. */
    public List<Path> others() {
        return tree.layout().isSearched()
                ? tree.libraries().stream()
                        .filter(library -> !tree.isOurs(library))
                        .toList()
                : List.of();
    }

    void requireNoOther() {
        List<Path> others = others();
        if (!others.isEmpty()) {
            throw HsmException.argumentInvalid("another library is in Oracle's tree: " + others.get(0)
                    + "; Oracle loads one PKCS#11 library only and would not say which: migrate its keys, move it out of "
                    + tree.top() + " and try again");
        }
    }

    /** Complains by what Oracle would find wrong with the directories that exist already. */
    void requirePath(Path library) {
        faults(library).stream().findFirst().ifPresent(fault -> {
            throw HsmException.argumentInvalid(fault);
        });
    }

    /** What Oracle would refuse: OCI-46707. */
    public List<String> faults(Path library) {
        List<String> faults = new ArrayList<>();
        for (Path directory : tree.directoriesTo(library)) {
            link(directory).ifPresent(faults::add);
            if (tree.layout().isForRootOnly()) {
                notRoots(directory).ifPresent(faults::add);
            }
        }
        return faults;
    }

    private Optional<String> link(Path directory) {
        if (!Files.isSymbolicLink(directory)) {
            return Optional.empty();
        }
        return Optional.of("the path has a symbolic link in it, " + directory
                + "; Oracle refuses it for PKCS11_LIBRARY_LOCATION (OCI-46707), and whoever can change the link can have"
                + " Oracle load another library: make it a directory");
    }

    private Optional<String> notRoots(Path directory) {
        boolean sound = Owner.of(directory).user().equals(chief().user()) && !isWritableByOthers(directory);
        return sound
                ? Optional.empty()
                : Optional.of("the directory " + directory + " does not belong to " + chief().user()
                        + ", or others may write to it; Oracle refuses that (OCI-46707): chown root and chmod go-w");
    }

    private static boolean isWritableByOthers(Path directory) {
        try {
            var permissions = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
            return permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the permissions of " + directory + " cannot be read")
                    .causedBy(e);
        }
    }

    /** Root; in an image or a test whom its root directory belongs to. */
    private Owner chief() {
        return tree.root().getNameCount() == 0 ? Owner.ROOT : Owner.of(tree.root());
    }

    /** Who gets what is made in this tree. */
    Owner owner(Owner wanted) {
        Owner owner = tree.layout().isForRootOnly() ? chief() : wanted;
        owner.unknown(tree.root()).ifPresent(name -> {
            throw HsmException.argumentInvalid("this machine knows no user or group \"" + name
                    + "\"; give --owner user:group as Oracle Database is installed here");
        });
        return owner;
    }

    List<String> warnings(InstallRequest request, Owner owner) {
        List<String> warnings = new ArrayList<>();
        if (!tree.base().equals(OracleTree.USUAL_BASE)) {
            warnings.add("Oracle looks below " + OracleTree.USUAL_BASE + " only, not below " + tree.base());
        }
        GlibcNeed need = GlibcNeed.of(request.source());
        Arrays.stream(GlibcNeed.System.values())
                .filter(system -> !system.satisfies(need))
                .forEach(system -> warnings.add("the library needs glibc " + need + " and cannot be loaded on " + system
                        + ": there Oracle answers ORA-28376; build Coffer's library on that system"));
        if (!tree.layout().isForRootOnly() && owner.user().equals("root")) {
            warnings.add("the files belong to root, not to Oracle's user; Oracle needs to read them only");
        }
        return warnings;
    }
}
