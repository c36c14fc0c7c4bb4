package org.cofferhsm.hsm.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.TestModule;

/**
 * A Coffer module of its own, the service on it, and a copy of the library that knows where the service is.
 *
 * @param service what the library talks to
 */
record CofferToken(TestModule module, CofferService service, Path library) implements Token {
    private static final Path BUILT = Path.of("target", "native", "linux-" + architecture(), "libcoffer-pkcs11.so");

    static CofferToken in(Path directory, Path logs) throws Exception {
        TestModule module = TestModule.create(directory.resolve("module"), "alice", "bob", "carol");
        Path socket = directory.resolve("socket");
        Path library = Files.copy(Interop.file(BUILT), directory.resolve("libcoffer-pkcs11.so"));
        Files.writeString(
                directory.resolve("coffer-pkcs11.conf"),
                "socket = " + socket + "\nlog = " + logs.resolve("library.log") + "\nlog-level = information\n");
        Files.deleteIfExists(logs.resolve("library.log"));
        Path log = logs.resolve("serve.log");
        Files.deleteIfExists(log);
        return new CofferToken(module, CofferService.start(module.home(), socket, log), library);
    }

    /** As uname(1) calls it. */
    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    @Override
    public String label() {
        return "coffer";
    }

    @Override
    public String pin() {
        return pinOf("alice");
    }

    /** What a user logs in with over PKCS#11. */
    String pinOf(String user) {
        return module.environment(user).get("COFFER_PIN");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public void close() {
        service.close();
    }
}
