package org.cofferhsm.ekm.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.TestModule;

/** {@code libcoffer-ekm.so}. */
final class LinuxDriverTest extends DriverContract {

    private static final Path BUILT = DriverBuild.WORK.resolve("linux");

    @Override
    void prepare() throws Exception {
        Interop.program("cc");
        DriverBuild.run(DriverBuild.LIBRARY, BUILT.resolve("native"), "coffer-ekm", DriverBuild.FACE);
        DriverBuild.run(DriverBuild.DRIVER, "linux", BUILT);
    }

    private static Path library() {
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        return BUILT.resolve("native/linux-" + machine + "/libcoffer-ekm.so");
    }

    @Override
    Driver start(Path configuration) throws Exception {
        return Driver.start(
                List.of(BUILT.resolve("driver").toString(), library().toString(), USER),
                Map.of("COFFER_EKM_PIN", TestModule.PIN, "COFFER_EKM_CONF", nameOf(configuration)));
    }

    @Override
    String nameOf(Path file) {
        return file.toString();
    }
}
