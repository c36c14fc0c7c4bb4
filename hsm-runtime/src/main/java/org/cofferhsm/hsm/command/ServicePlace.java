package org.cofferhsm.hsm.command;

import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.Hsm;

/** The socket of the service that a command is to use. */
public final class ServicePlace {

    public static final String VARIABLE = "COFFER_SOCKET";

    private ServicePlace() {}

    /** The one that the environment names; {@code --home} on the command line counts for more. */
    public static Optional<Path> named(Invocation invocation) {
        return invocation
                .environment(VARIABLE)
                .filter(socket -> !invocation.has("home"))
                .map(invocation::path);
    }

    /** The one that is named, else that of the service that owns the module in the directory, where one runs. */
    public static Optional<Path> of(Invocation invocation) {
        return named(invocation).or(() -> Hsm.serviceOf(ModuleHome.of(invocation)));
    }
}
