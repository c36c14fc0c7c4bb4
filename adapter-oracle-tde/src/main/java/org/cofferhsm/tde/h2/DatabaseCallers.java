package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.h2.engine.Database;

/** Who is opening a file: a database may do so only under our driver, which closes H2's leaks ({@link SpillGuard}). */
final class DatabaseCallers {

    private static final StackWalker CALLERS = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private DatabaseCallers() {}

    static void requireGuarded(Path path) throws IOException {
        Set<Class<?>> callers =
                CALLERS.walk(frames -> frames.map(StackFrame::getDeclaringClass).collect(Collectors.toSet()));
        if (callers.contains(Database.class) && !callers.contains(TdeDriver.class)) {
            throw new IOException("the database " + path + " has to be opened by DriverManager or by "
                    + TdeDriver.class.getName() + ": H2's own driver and data sources would spill plaintext");
        }
    }
}
