package org.cofferhsm.tde.quickstart;

import java.nio.file.Path;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.QuickstartContext;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.StepFile;

/**
 * Encrypts a small tablespace under a key that a TDE master key wraps, rotates the master key, and decrypts the same
 * pages under the re-wrapped key. Run again, it opens that tablespace with its current key.
 */
public final class TdeQuickstart implements QuickstartStep {

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
        PageCheck pageCheck = new PageCheck();
        SampleTablespace sample = new SampleTablespace(context.directory(), pageCheck);
        String done = context.withSession(session -> openOrMake(session, sample));
        return new Outcome(done, pageCheck.name(), tryNext(context.directory()));
    }

    private static String openOrMake(Session session, SampleTablespace sample) {
        boolean exists = sample.exists();
        if (exists && sample.opens(session)) {
            return "tablespace of an earlier run opened under its master key, page decrypted";
        }
        sample.make(session);
        return exists
                ? "damaged tablespace of an earlier run made anew, page decrypted"
                : "tablespace key wrapped, master key rotated, key re-wrapped, page decrypted";
    }

    private String tryNext(Path directory) {
        Path home = directory.resolveSibling(".").normalize();
        Path pins = directory.resolveSibling("pins").resolve(userName() + ".pin");
        return "coffer key list --verbose --home " + new StepFile(home).quoted() + " --pin-file "
                + new StepFile(pins).quoted();
    }
}
