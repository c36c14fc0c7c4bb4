package org.cofferhsm.hsm.interop;

import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.OutsideProgram.Finished;
import org.cofferhsm.hsm.testing.Interop;

/** OpenSC's pkcs11-tool on a token. */
record Pkcs11Tool(Token token) {

    /** As the token's user. */
    Finished loggedIn(String... arguments) {
        return loggedInAs(token.pin(), arguments);
    }

    Finished loggedInAs(String pin, String... arguments) {
        return run(Stream.concat(Stream.of("--login", "--pin", pin), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** Without a login. */
    Finished run(String... arguments) {
        OutsideProgram tool = new OutsideProgram(
                List.of(
                        Interop.program("pkcs11-tool").toString(),
                        "--module",
                        token.library().toString(),
                        "--token-label",
                        token.label()),
                token.environment());
        return tool.run(arguments);
    }

    /** Makes a signing key pair on the token, such as {@code rsa:2048} or {@code EC:prime256v1}. */
    void keyPair(String type, String label, String id) {
        loggedIn("--keypairgen", "--key-type", type, "--label", label, "--id", id, "--usage-sign")
                .orComplain("pkcs11-tool --keypairgen");
    }
}
