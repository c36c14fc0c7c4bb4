package org.cofferhsm.tde.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OracleTreeTest {
    @TempDir
    Path directory;

    @Test
    void knowsTheNewestVersionByItsNumbers() throws IOException {
        ImageOfOracle image = ImageOfOracle.in(directory);
        image.install(Layout.PKCS11, "1.10.0");
        image.install(Layout.PKCS11, "1.9.1");

        assertThat(image.tree(Layout.PKCS11).newest())
                .contains(image.module(Layout.PKCS11, "1.10.0").library());
        assertThat(image.tree(Layout.HSM).newest()).isEmpty();
    }

    @Test
    void takesPathsOfAtMost255Characters() {
        Path root = Path.of("/");
        String end = "/extapi/64/pkcs11/coffer/1.0/libcoffer-pkcs11.so";
        Path longest = Path.of("/" + "a".repeat(254 - end.length()));
        Path longer = Path.of("/" + "a".repeat(255 - end.length()));

        assertThat(new InstalledModule(new OracleTree(root, longest, Layout.PKCS11), "1.0")
                        .library()
                        .toString())
                .hasSize(255);
        assertRefused(
                        Reason.ARGUMENT_INVALID,
                        () -> new InstalledModule(new OracleTree(root, longer, Layout.PKCS11), "1.0"))
                .hasMessageContaining("OCI-46707");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "1/2", "1.2-SNAPSHOT", "1.2.3.4.5", "latest"})
    void refusesAVersionThatIsNoNumber(String version) {
        OracleTree tree = new OracleTree(directory, OracleTree.USUAL_BASE, Layout.HSM);

        assertRefused(Reason.ARGUMENT_INVALID, () -> new InstalledModule(tree, version));
    }

    @Test
    void refusesARelativeBase() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> new OracleTree(directory, Path.of("opt/oracle"), Layout.HSM));
    }
}
