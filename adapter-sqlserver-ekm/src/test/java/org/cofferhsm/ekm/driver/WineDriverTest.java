package org.cofferhsm.ekm.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * {@code coffer-ekm.dll}, under Wine. Skipped without Wine, even under {@code -Dinterop.required}: it takes 1.4 GB. It shows that the
 * library loads and works; Wine is no Windows, and no SQL Server was there.
 */
final class WineDriverTest extends DriverContract {

    private static final Path BUILT = DriverBuild.WORK.resolve("windows");

    /** Without what would offer to download something. */
    private static final Map<String, String> WINE = Map.of(
            "WINEPREFIX",
            BUILT.resolve("wine").toString(),
            "WINEDEBUG",
            "-all",
            "WINEDLLOVERRIDES",
            "mscoree=;mshtml=");

    @Override
    void prepare() throws Exception {
        for (String program : List.of("wine", "x86_64-w64-mingw32-gcc")) {
            Assumptions.assumeTrue(isThere(program), program + " is not installed");
        }
        DriverBuild.run(DriverBuild.DLL, BUILT.resolve("native"), "0.1.0");
        DriverBuild.run(DriverBuild.DRIVER, "windows", BUILT);
        DriverBuild.run(WINE, "wine", "wineboot", "--init");
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static Path library() {
        return BUILT.resolve("native/windows-x86_64/coffer-ekm.dll");
    }

    @Override
    Driver start(Path configuration) throws Exception {
        return start(library(), configuration);
    }

    private Driver start(Path library, Path configuration) throws Exception {
        Map<String, String> environment = new HashMap<>(WINE);
        environment.put("COFFER_EKM_PIN", TestModule.PIN);
        environment.put("COFFER_EKM_CONF", nameOf(configuration));
        return Driver.start(
                List.of("wine", BUILT.resolve("driver.exe").toString(), nameOf(library), USER), environment);
    }

    /** SQL Server loads none that is not; whether it trusts the signer is between it and Windows. */
    @Test
    void loadsWhenItIsSigned() throws Exception {
        Assumptions.assumeTrue(
                isThere("osslsigncode") && isThere("openssl"), "osslsigncode or openssl is not installed");
        Path key = directory().resolve("key.pem");
        Path certificate = directory().resolve("certificate.pem");
        Path signed = directory().resolve("signed.dll");
        String request =
                "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=Signer -addext extendedKeyUsage=codeSigning";
        List<Object> arguments = new ArrayList<>(List.of((Object[]) request.split(" ")));
        arguments.addAll(List.of("-keyout", key, "-out", certificate));
        DriverBuild.run("openssl", arguments.toArray());
        DriverBuild.run("osslsigncode", "sign", "-certs", certificate, "-key", key, "-in", library(), "-out", signed);
        DriverBuild.run("osslsigncode", "verify", "-CAfile", certificate, "-in", signed);

        try (Driver driver = start(signed, configuration())) {
            driver.plays("rsa");
            driver.ends();
        }
    }

    /** Drive Z: is the root directory. */
    @Override
    String nameOf(Path file) {
        return "Z:" + file.toString().replace('/', '\\');
    }
}
