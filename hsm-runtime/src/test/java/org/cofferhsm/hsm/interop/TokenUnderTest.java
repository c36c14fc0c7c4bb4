package org.cofferhsm.hsm.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ScratchDirectory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One token for all tests of a class. */
final class TokenUnderTest implements BeforeAllCallback, AfterAllCallback {

    /** Whether another module stands in for ours. */
    static final boolean SOFTHSM =
            System.getProperty("interop.module", "coffer").equals("softhsm");

    private Path directory;
    private Path logs;
    private Token token;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        logs = Files.createDirectories(
                Path.of("target", "interop", context.getRequiredTestClass().getSimpleName())
                        .toAbsolutePath());
        // Others may pass through: servers change to a user of their own.
        directory = Files.createTempDirectory(
                "interop", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        token = SOFTHSM ? SoftHsm.in(directory) : CofferToken.in(directory, logs);
    }

    Token token() {
        return token;
    }

    /** For what the test makes; gone after it. */
    Path directory() {
        return directory;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Where a program may leave what explains a failure; still there after it. */
    Path log(String name) throws IOException {
        Path log = logs.resolve(name + ".log");
        Files.deleteIfExists(log);
        return log;
    }

    /** A program that can load the module. */
    OutsideProgram program(String name) {
        return new OutsideProgram(List.of(Interop.program(name).toString()), token.environment());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (token != null) { // the program it needs may have been missing
            token.close();
        }
        new ScratchDirectory(directory).close();
    }
}
