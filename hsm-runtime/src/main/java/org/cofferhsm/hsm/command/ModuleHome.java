package org.cofferhsm.hsm.command;

import java.nio.file.Path;

/** The module's directory: {@code --home}, else {@code COFFER_HOME}, else {@code ~/.coffer}. */
public final class ModuleHome {

    public static final String VARIABLE = "COFFER_HOME";

    private ModuleHome() {}

    public static void declare(OptionSet options) {
        options.value("home", "DIR", "the module's directory; else COFFER_HOME, else ~/.coffer");
    }

    public static Path of(Invocation invocation) {
        return invocation
                .findPath("home")
                .or(() -> invocation.environment(VARIABLE).map(invocation::path))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".coffer"));
    }
}
