package org.cofferhsm.hsm.command;

import java.nio.file.Path;
import java.util.Optional;

/** The module's directory: {@code --home}, else {@code COFFER_HOME}, else {@code ~/.coffer}. */
public final class ModuleHome {

    public static final String VARIABLE = "COFFER_HOME";

    private ModuleHome() {}

    public static void declare(OptionSet options) {
        options.value("home", "DIR", "the module's directory; else COFFER_HOME, else ~/.coffer");
    }

    public static Path of(Invocation invocation) {
        Optional<String> named = invocation.find("home");
        if (named.isEmpty()) {
            named = invocation.environment(VARIABLE);
        }
        return named.isPresent() ? invocation.path(named.get()) : Path.of(System.getProperty("user.home"), ".coffer");
    }
}
