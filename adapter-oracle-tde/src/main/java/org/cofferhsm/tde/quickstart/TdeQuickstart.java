package org.cofferhsm.tde.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.QuickstartContext;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.tde.TdeKeystore;
import org.h2.engine.Constants;

/**
 * Makes an encrypted H2 database of customers under a key that a TDE master key wraps, looks for the customers on the
 * disk in vain, rotates the master key, and reads them again. Run again, it opens that database.
 */
public final class TdeQuickstart implements QuickstartStep {

    /** How a database is refused that was altered or cut short, or whose module is not there any more. */
    private static final Set<Reason> DAMAGE = EnumSet.of(
            Reason.DATA_INVALID, Reason.ENCRYPTED_DATA_INVALID, Reason.KEY_NOT_FOUND, Reason.WRAPPED_KEY_INVALID);

    @Override
    public int order() {
        return 1;
    }

    @Override
    public String product() {
        return "Oracle TDE";
    }

    @Override
    public String userName() {
        return "tde";
    }

    @Override
    public Outcome run(QuickstartContext context) {
        String done = context.withSession(session -> openOrMake(session, context.directory()));
        return new Outcome(done, "H2 " + Constants.VERSION, tryNext(context.directory()));
    }

    private static String openOrMake(Session session, Path directory) {
        TdeKeystore keystore = new TdeKeystore(session);
        CustomerDatabase database = new CustomerDatabase(directory, keystore);
        boolean exists = Files.exists(CustomerDatabase.file(directory));
        if (exists && opens(database)) {
            return "H2 database of an earlier run opened under its master key, " + CustomerDatabase.ROWS
                    + " customers read";
        }
        if (exists) {
            database.remove();
        }
        make(database, keystore);
        return (exists ? "damaged H2 database of an earlier run made anew: " : "")
                + CustomerDatabase.ROWS + " customers in an H2 database, only ciphertext on disk,"
                + " master key rotated, customers read";
    }

    private static boolean opens(CustomerDatabase database) {
        try {
            database.rewrap();
            database.read();
            return true;
        } catch (HsmException e) {
            if (DAMAGE.contains(e.reason())) {
                return false;
            }
            throw e;
        }
    }

    private static void make(CustomerDatabase database, TdeKeystore keystore) {
        if (keystore.currentMasterKey().isEmpty()) {
            keystore.setKey("quickstart");
        }
        database.fill();
        database.requireCiphertext();
        keystore.setKey("quickstart, rotated");
        database.rewrap();
        database.read();
    }

    private String tryNext(Path directory) {
        Path home = directory.resolveSibling(".").normalize();
        Path pins = directory.resolveSibling("pins").resolve(userName() + ".pin");
        return "coffer key list --verbose --home " + new StepFile(home).quoted() + " --pin-file "
                + new StepFile(pins).quoted();
    }
}
