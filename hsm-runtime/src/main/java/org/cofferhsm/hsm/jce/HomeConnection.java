package org.cofferhsm.hsm.jce;

import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/** A module that is entered at login and left at logout or when the JVM ends. */
final class HomeConnection implements Connection {

    private final Settings settings;
    private final Optional<Path> configuredHome;
    private final Prompt prompt;
    private volatile @Nullable OpenModule open;

    /**
     * @param configuredHome the directory that the provider was configured with; without one the settings say
     * @param prompt asked for what the settings do not tell
     */
    HomeConnection(Settings settings, Optional<Path> configuredHome, Prompt prompt) {
        this.settings = settings;
        this.configuredHome = configuredHome;
        this.prompt = prompt;
    }

    @Override
    public Session session() {
        OpenModule module = open;
        return module == null ? loggedIn().session() : module.session();
    }

    @Override
    public void login() {
        loggedIn();
    }

    private synchronized OpenModule loggedIn() {
        OpenModule module = open;
        if (module == null) {
            try (Credentials credentials =
                    settings.credentials().or(prompt::credentials).orElseThrow(this::nobody)) {
                module = open(credentials);
            }
        }
        return module;
    }

    @Override
    public synchronized void login(Credentials credentials) {
        OpenModule module = open;
        if (module == null) {
            open(credentials);
        } else {
            module.authenticate(credentials);
        }
    }

    private OpenModule open(Credentials credentials) {
        OpenModule module = OpenModule.open(access(), credentials);
        open = module;
        return module;
    }

    private ModuleAccess access() {
        return configuredHome.isPresent()
                ? inDirectory()
                : settings.service().map(ModuleAccess::through).orElseGet(this::inDirectory);
    }

    private ModuleAccess inDirectory() {
        return OpenModule.in(home(), home -> settings.seal(home, prompt));
    }

    @Override
    public synchronized void logout() {
        OpenModule module = open;
        open = null;
        if (module != null) {
            module.close();
        }
    }

    private Path home() {
        return configuredHome.orElseGet(settings::home);
    }

    private HsmException nobody() {
        return HsmException.sessionClosed("nobody is logged in to the module in " + home()
                + "; give user:pin as the key store's password, in the environment variable COFFER_PIN,"
                + " or in a file named by the system property coffer.pin.file");
    }
}
