package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.h2.engine.Database;
import org.h2.mvstore.MVStore;

/** Who is opening a file: a database may do so only under our driver, which closes H2's leaks ({@link SpillGuard}). */
final class DatabaseCallers {

    private static final StackWalker CALLERS = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private DatabaseCallers() {}

    /** A database that our driver has opened closes, and is compacted, wherever its last connection is closed. */
    static void requireGuarded(Path path) throws IOException {
        Set<Class<?>> callers =
                CALLERS.walk(frames -> frames.map(StackFrame::getDeclaringClass).collect(Collectors.toSet()));
        if (callers.contains(Database.class)
                && !callers.contains(TdeDriver.class)
                && !(compact() && CompactedFile.isOfGuardedDatabase(path))) {
            throw new IOException("the database " + path + " has to be opened by DriverManager or by "
                    + TdeDriver.class.getName() + ": H2's own driver and data sources would spill plaintext");
        }
    }

    /**
     * Whether H2 is compacting a store, which it does when it has closed its maps, and nobody can query it any more; and
     * no other database has begun to open since.
     */
    static boolean compact() {
        return CALLERS.walk(frames -> frames.filter(frame -> isDatabase(frame) || isCompaction(frame))
                .findFirst()
                .filter(DatabaseCallers::isCompaction)
                .isPresent());
    }

    private static boolean isDatabase(StackFrame frame) {
        return frame.getDeclaringClass() == Database.class;
    }

    private static boolean isCompaction(StackFrame frame) {
        return frame.getDeclaringClass() == MVStore.class
                && frame.getMethodName().equals("compact");
    }
}
