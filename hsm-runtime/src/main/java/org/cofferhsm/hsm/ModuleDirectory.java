package org.cofferhsm.hsm;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferhsm.hsm.audit.AuditReader;
import org.cofferhsm.hsm.audit.AuditRecord;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.file.OnDisk;

/** The files of one module. */
record ModuleDirectory(Path home) {

    /** What the log tells of before the module is given to anybody. */
    private static final Set<String> MAKING = Set.of("initialize", AuditRecord.CHECKPOINT, AuditRecord.REPAIR);

    /** The log's directory. */
    Path audit() {
        return home.resolve("audit");
    }

    /** There while a module is being made; what lies around it then is worth nothing. */
    Path initializing() {
        return home.resolve("initializing");
    }

    /** There while no program shall unlock the module by itself. */
    Path lockedDown() {
        return home.resolve("locked");
    }

    /** There after the keys were destroyed. */
    Path zeroized() {
        return home.resolve("zeroized");
    }

    /** Whoever may not look must not be told that nothing is there. */
    private boolean isSealed() {
        try {
            home.getFileSystem().provider().checkAccess(seal());
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            if (isBelowAFile()) {
                return false;
            }
            throw HsmException.storeUnavailable("nobody can tell whether " + home + " holds a module (" + e
                            + "); run this as its owner, or name the socket of its service in COFFER_SOCKET")
                    .causedBy(e);
        }
    }

    private boolean isBelowAFile() {
        return Stream.iterate(home, Objects::nonNull, Path::getParent).anyMatch(Files::isRegularFile);
    }

    /** Whether the keys were destroyed; what a crash left of the seal in between is destroyed now. */
    private boolean isZeroized() {
        boolean zeroized = Files.exists(zeroized());
        if (zeroized) {
            destroySeal();
        }
        return zeroized;
    }

    /**
     * Overwrites the sealed master key and a copy that an interrupted change of the seal left, then removes them; on a
     * disk that writes elsewhere the key file must go too.
     */
    void destroySeal() {
        for (Path file : List.of(seal(), home.resolve("seal.tmp"))) {
            if (Files.exists(file)) {
                overwrite(file);
                remove(file);
            }
        }
    }

    private static void overwrite(Path file) {
        try {
            Files.write(file, new byte[(int) Files.size(file)], StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        } catch (NoSuchFileException e) {
            return; // another process has done it
        } catch (IOException e) {
            throw HsmException.storeUnavailable("the seal " + file + " cannot be overwritten: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private Path seal() {
        return home.resolve("seal");
    }

    private Path store() {
        return home.resolve("objects.mv.db");
    }

    /** What the files say without their keys. */
    ModuleState state() {
        if (isZeroized()) {
            return ModuleState.ZEROIZED;
        }
        return isSealed() && !Files.exists(initializing()) ? ModuleState.LOCKED : ModuleState.UNINITIALIZED;
    }

    /** Clears the way for a new module and marks it as unfinished; complains when there is one already. */
    void beginMaking() {
        if (state() != ModuleState.UNINITIALIZED) {
            throw HsmException.moduleAlreadyInitialized("there is a module in " + home + " already");
        } else if (Files.exists(initializing())) {
            removeUnfinished();
        } else if (holdsData()) {
            throw HsmException.moduleAlreadyInitialized(
                    "there is a module in " + home
                            + " already, but its file \"seal\" is missing; put it back from a backup, or choose another directory");
        }
        mark(initializing());
    }

    /** Whether there is a store or a log, be it sealed or not. */
    private boolean holdsData() {
        return Files.exists(store()) || Files.exists(audit());
    }

    /**
     * Removes what an interrupted making of a module left behind, all but the mark. Complains by
     * {@code moduleStateWrong} when it is more than a making leaves, as when the mark came back with an old copy.
     */
    private void removeUnfinished() {
        if (wasUsed()) {
            throw HsmException.moduleStateWrong("the module in " + home + " has been used, so nothing of it is removed,"
                    + " although the file " + initializing() + " says that it is still being made; if the module was"
                    + " complete, remove that file, else choose another directory");
        }
        remove(audit(), seal(), store(), home.resolve("objects-unfinished.mv.db"));
    }

    /** Whether the log tells, or may have told before it was damaged, of more than the making of the module. */
    private boolean wasUsed() {
        if (!Files.exists(audit())) {
            return false;
        }
        boolean[] used = {false};
        try {
            AuditReader.of(audit()).forEach(1, record -> {
                used[0] = !MAKING.contains(record.event().operation());
                return !used[0];
            });
        } catch (HsmException e) {
            if (e.reason() != Reason.AUDIT_TAMPERED) {
                throw e;
            }
            return true;
        }
        return used[0];
    }

    /** Marks the directory, on disk when this returns; a mark that is there stays. */
    void mark(Path marker) {
        try {
            Files.createFile(marker);
        } catch (FileAlreadyExistsException e) {
            force(); // perhaps it never reached the disk
            return;
        } catch (IOException e) {
            throw HsmException.storeUnavailable("the file " + marker + " cannot be made: " + e.getMessage())
                    .causedBy(e);
        }
        force();
    }

    private void force() {
        try {
            OnDisk.forceNames(home);
        } catch (IOException e) {
            throw HsmException.storeUnavailable(
                            "the directory " + home + " cannot be forced to disk: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** Removes files and directories with what they hold, where they exist; they stay away when this returns. */
    void remove(Path... paths) {
        for (Path path : paths) {
            try (Stream<Path> tree = Files.exists(path) ? Files.walk(path) : Stream.empty()) {
                for (Path entry :
                        tree.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.deleteIfExists(entry);
                }
            } catch (IOException e) {
                throw HsmException.storeUnavailable("the file " + path + " cannot be removed: " + e.getMessage())
                        .causedBy(e);
            }
        }
        force();
    }
}
