package org.cofferhsm.signtool.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;

/** osslsigncode, which signs and verifies Authenticode by other people's code. */
public final class Osslsigncode {
    private final OutsideProgram program;

    private Osslsigncode(OutsideProgram program) {
        this.program = program;
    }

    /** The installed one; without it the test is skipped, or fails where interoperation is required. */
    public static Osslsigncode installed() {
        return new Osslsigncode(
                new OutsideProgram(List.of(Interop.program("osslsigncode").toString()), Map.of()));
    }

    public OutsideProgram.Finished run(String... arguments) {
        return program.run(arguments);
    }

    /** Verifies a file whose signer and timestamp authority have this root. */
    public OutsideProgram.Finished verify(Path file, Path root) {
        return verify(file, root, root);
    }

    /** Verifies a file whose timestamp authority has a root of its own. */
    public OutsideProgram.Finished verify(Path file, Path root, Path authority) {
        return run(
                "verify",
                "-CAfile",
                root.toString(),
                "-TSA-CAfile",
                authority.toString(),
                "-ignore-cdp",
                "-in",
                file.toString());
    }
}
