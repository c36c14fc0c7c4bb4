package org.cofferhsm.hsm.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.spi.Terminal;

/** Where a rehearsal takes place: a directory of its own, one PIN for everybody that nobody knows, no audience. */
record Stage(Path workingDirectory, Map<String, String> environment, PrintWriter out, PrintWriter err)
        implements Terminal {

    private static final int PIN_BYTES = 16;

    static Stage in(Path directory) {
        byte[] random = new byte[PIN_BYTES];
        new SecureRandom().nextBytes(random);
        String pin = HexFormat.of().formatHex(random);
        Map<String, String> environment = Map.of(
                "COFFER_HOME",
                directory.resolve("module").toString(),
                "COFFER_ADMIN_PIN",
                pin,
                "COFFER_NEW_PIN",
                pin,
                "COFFER_PIN",
                pin);
        return new Stage(
                directory, environment, new PrintWriter(Writer.nullWriter()), SystemTerminal.writer(System.err));
    }

    /** The same with this user to log in. */
    Stage as(String user) {
        Map<String, String> login = new HashMap<>(environment);
        login.merge("COFFER_PIN", user, (pin, name) -> name + ":" + pin);
        return new Stage(workingDirectory, Map.copyOf(login), out, err);
    }

    /** Where the service says that it is there. */
    Path notice() {
        return workingDirectory.resolve("module").resolve("service.socket");
    }

    @Override
    public Optional<char[]> askSecret(String prompt) {
        return Optional.empty();
    }
}
