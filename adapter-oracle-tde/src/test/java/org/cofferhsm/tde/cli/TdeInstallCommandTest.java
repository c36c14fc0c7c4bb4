package org.cofferhsm.tde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.testing.ServedModule;
import org.cofferhsm.tde.install.Owner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TdeInstallCommandTest {
    @TempDir
    Path directory;

    private TestTerminal terminal = new TestTerminal(Path.of("/"), Map.of(), List.of());

    private int install(String... options) {
        List<String> all = new ArrayList<>(List.of("--root", directory.toString()));
        all.addAll(List.of("--owner", Owner.of(directory).toString()));
        all.addAll(List.of(options));
        terminal = new TestTerminal(directory, Map.of(), List.of());
        return new TdeInstallCommand().run(all, terminal);
    }

    private Path installed(String layout) {
        return directory.resolve("opt/oracle/extapi/64/" + layout + "/coffer/3.2.1/libcoffer-pkcs11.so");
    }

    @Test
    void installsTheLibraryOfThisBuildAndTakesItAwayAgain() {
        String library = ServedModule.library().toString();

        assertThat(install("--library", library, "--library-version", "3.2.1", "--socket", "/run/coffer/x.sock"))
                .as(terminal.complaints())
                .isZero();
        assertThat(installed("hsm")).hasSameBinaryContentAs(Path.of(library));
        assertThat(terminal.written()).contains("write " + installed("hsm"), "Oracle Linux 7 (glibc 2.17)");
        assertThat(install("--library", library, "--library-version", "3.2.1")).isZero();
        assertThat(terminal.written()).contains("everything is in place");

        assertThat(install("--uninstall")).isZero();
        assertThat(installed("hsm").getParent().getParent()).doesNotExist();
    }

    @Test
    void onlySaysWhatItWouldDo() {
        String library = ServedModule.library().toString();

        int status = install(
                "--library", library, "--layout", "pkcs11", "--library-version", "3.2.1", "--dry-run", "--json");

        assertThat(status).isZero();
        assertThat(terminal.written())
                .contains("\"done\": false", installed("pkcs11").toString());
        assertThat(directory.resolve("opt")).doesNotExist();
    }

    @Test
    void namesTheOtherVendorsLibrary() throws Exception {
        Path other = directory.resolve("opt/oracle/extapi/64/hsm/libacme.so");
        Files.createDirectories(other.getParent());
        Files.createFile(other);

        assertThat(install("--library", ServedModule.library().toString())).isEqualTo(1);
        assertThat(terminal.complaints()).contains(other.toString());
    }

    @Test
    void refusesALayoutThatOracleDoesNotHave() {
        assertThat(install("--layout", "lib")).isEqualTo(2);
    }
}
