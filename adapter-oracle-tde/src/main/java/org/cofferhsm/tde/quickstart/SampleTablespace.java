package org.cofferhsm.tde.quickstart;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.tde.TablespaceAlgorithm;
import org.cofferhsm.tde.TablespaceKey;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.WrappedTablespaceKey;

/** The step's tablespace and, beside it, its wrapped key and one of its pages. */
final class SampleTablespace {

    private static final int CHECKED_PAGE = 3;

    /** How a tablespace is refused that was altered or cut short, or whose module is not there any more. */
    private static final Set<Reason> DAMAGE = EnumSet.of(
            Reason.DATA_INVALID, Reason.ENCRYPTED_DATA_INVALID, Reason.KEY_NOT_FOUND, Reason.WRAPPED_KEY_INVALID);

    private final StepFile wrappedKey;
    private final StepFile tablespace;
    private final StepFile page;
    private final PageCheck pageCheck;

    SampleTablespace(Path directory, PageCheck pageCheck) {
        this.wrappedKey = new StepFile(directory.resolve("tablespace.key"));
        this.tablespace = new StepFile(directory.resolve("tablespace.dbf"));
        this.page = new StepFile(directory.resolve("tablespace-page-" + CHECKED_PAGE + ".bin"));
        this.pageCheck = pageCheck;
    }

    boolean exists() {
        return wrappedKey.exists() && tablespace.exists();
    }

    /** Whether it opens and a page of it is what was written; false when it is damaged. */
    boolean opens(Session session) {
        TdeKeystore keystore = new TdeKeystore(session);
        try {
            rewrap(keystore);
            check(keystore);
            return true;
        } catch (HsmException e) {
            if (DAMAGE.contains(e.reason())) {
                return false;
            }
            throw e;
        }
    }

    /** Makes it under the current master key, rotates the master key, and opens it under the new one. */
    void make(Session session) {
        TdeKeystore keystore = new TdeKeystore(session);
        if (keystore.currentMasterKey().isEmpty()) {
            keystore.setKey("quickstart");
        }
        try (TablespaceKey key = keystore.generate(TablespaceAlgorithm.AES256)) {
            tablespace.write(Tablespace.encrypted(key));
            wrappedKey.write(keystore.wrap(key).encode());
        }
        keystore.setKey("quickstart, rotated");
        rewrap(keystore);
        check(keystore);
    }

    /** Also finishes a rotation that was interrupted between the new master key and the file. */
    private void rewrap(TdeKeystore keystore) {
        WrappedTablespaceKey before = WrappedTablespaceKey.decode(wrappedKey.read());
        if (keystore.currentMasterKey().stream().anyMatch(master -> master.id().equals(before.masterKey()))) {
            return;
        }
        WrappedTablespaceKey after = keystore.rewrap(before);
        if (!same(keystore, before, after)) {
            throw HsmException.internal("the re-wrapped tablespace key is not the one that was wrapped before");
        }
        wrappedKey.write(after.encode());
    }

    private static boolean same(TdeKeystore keystore, WrappedTablespaceKey before, WrappedTablespaceKey after) {
        try (TablespaceKey old = keystore.unwrap(before);
                TablespaceKey current = keystore.unwrap(after)) {
            return old.sameAs(current);
        }
    }

    private void check(TdeKeystore keystore) {
        page.write(Tablespace.page(tablespace.read(), CHECKED_PAGE));
        try (TablespaceKey key = keystore.unwrap(WrappedTablespaceKey.decode(wrappedKey.read()))) {
            pageCheck.check(key, CHECKED_PAGE, page.read(), page.path());
        }
    }
}
