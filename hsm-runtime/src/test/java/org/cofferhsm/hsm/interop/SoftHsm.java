package org.cofferhsm.hsm.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;

/** SoftHSM with a token of its own in this directory. */
record SoftHsm(Path directory) implements Token {
    private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");

    static SoftHsm in(Path directory) throws IOException {
        SoftHsm token = new SoftHsm(directory);
        Path tokens = Files.createDirectories(directory.resolve("tokens"));
        Files.writeString(token.configuration(), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        new OutsideProgram(List.of(Interop.program("softhsm2-util").toString()), token.environment())
                .run("--init-token", "--free", "--label", token.label(), "--pin", token.pin(), "--so-pin", "5678")
                .orComplain("softhsm2-util");
        return token;
    }

    private Path configuration() {
        return directory.resolve("softhsm2.conf");
    }

    @Override
    public Path library() {
        return Interop.file(LIBRARY);
    }

    @Override
    public String label() {
        return "softhsm";
    }

    @Override
    public String pin() {
        return "1234";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", configuration().toString());
    }

    @Override
    public void close() {
        // runs in the programs' own processes
    }
}
