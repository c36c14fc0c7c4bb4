package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.command.ServicePlace;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.QuickstartContext;

/** What one quickstart step works with: the module, as the step's own user. */
record StepContext(QuickstartHome home, String user) implements QuickstartContext {

    @Override
    public Path directory() {
        return home.stepDirectory(user);
    }

    @Override
    public <T> T withSession(Function<Session, T> work) {
        try (ModuleAccess module = home.open();
                Session session = home.login(module, user)) {
            return work.apply(session);
        }
    }

    /** With the key file, which counts for more than a key file or passphrase of the user's other modules; no service of theirs. */
    @Override
    public Map<String, String> environment() {
        try (Credentials credentials = home.credentials(user)) {
            return Map.of(
                    ModuleHome.VARIABLE,
                    home.directory().toString(),
                    SealSource.KEY_FILE_VARIABLE,
                    KeyFile.in(home.directory()).path().toString(),
                    ServicePlace.TCP_VARIABLE,
                    "",
                    ServicePlace.VARIABLE,
                    "",
                    Login.PIN_VARIABLE,
                    user + ":" + new String(credentials.pin()));
        }
    }
}
