package org.cofferhsm.tde.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstallationTest {
    @TempDir
    Path directory;

    private ImageOfOracle image;

    @BeforeEach
    void prepare() throws IOException {
        image = ImageOfOracle.in(directory);
    }

    @Test
    void installsWhereOracleSearches() throws IOException {
        Path library = image.install(Layout.HSM, "1.2.3");

        assertThat(library)
                .isEqualTo(image.root().resolve("opt/oracle/extapi/64/hsm/coffer/1.2.3/libcoffer-pkcs11.so"));
        assertThat(library).hasSameBinaryContentAs(image.source());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
                .isEqualTo("rwxr-xr-x");
        assertThat(library.resolveSibling("coffer-pkcs11.conf")).content().contains("= /run/coffer/tde.sock\n");
    }

    @Test
    void installsWhereTheParameterPointsTo() {
        Path library = image.install(Layout.PKCS11, "1.2.3");

        assertThat(image.tree(Layout.PKCS11).asOracleSees(library))
                .isEqualTo(Path.of("/opt/oracle/extapi/64/pkcs11/coffer/1.2.3/libcoffer-pkcs11.so"));
    }

    @ParameterizedTest
    @EnumSource
    void hasNothingToDoTheSecondTime(Layout layout) {
        image.install(layout, "1.0");

        assertThat(image.plan(layout, "1.0").changes()).isEmpty();
    }

    @Test
    void changesNothingByPlanning() throws IOException {
        Installation plan = image.plan(Layout.HSM, "1.0");

        assertThat(plan.changes()).hasSize(9); // seven directories, the library, its configuration
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesAMappedLibraryAlone() throws IOException {
        Path library = image.install(Layout.HSM, "1.0");
        byte[] before = Files.readAllBytes(library);
        try (InputStream mapped = Files.newInputStream(library)) {
            Files.write(image.source(), new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
            image.install(Layout.HSM, "1.0");

            assertThat(library).hasSameBinaryContentAs(image.source());
            assertThat(mapped.readAllBytes()).isEqualTo(before);
        }
    }

    @Test
    void replacesALibraryThatOthersMayWriteTo() throws IOException {
        Path library = image.install(Layout.HSM, "1.0");
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rwxrwxrwx"));

        image.install(Layout.HSM, "1.0");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
                .isEqualTo("rwxr-xr-x");
    }

    /** Whoever owns the directory could else have root write through it. */
    @Test
    void replacesALinkAndLeavesAloneWhatItLeadsTo() throws IOException {
        Path library = image.install(Layout.HSM, "1.0");
        Path precious = Files.createFile(
                directory.resolve("precious"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.delete(library);
        Files.createSymbolicLink(library, precious);

        image.install(Layout.HSM, "1.0");

        assertThat(precious).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(precious)))
                .isEqualTo("rw-------");
        assertThat(library).hasSameBinaryContentAs(image.source());
        assertThat(Files.isSymbolicLink(library)).isFalse();
    }

    @Test
    void replacesTheOlderVersionAndKeepsItsConfiguration() throws IOException {
        Path old = image.install(Layout.HSM, "1.0");
        Files.writeString(old.resolveSibling("coffer-pkcs11.conf"), "socket = /srv/own.sock\nlog-level = error\n");

        image.plan(Layout.HSM, "1.1", Optional.empty()).make();

        assertThat(image.tree(Layout.HSM).libraries())
                .containsExactly(image.module(Layout.HSM, "1.1").library());
        assertThat(image.module(Layout.HSM, "1.1").configuration())
                .hasContent("socket = /srv/own.sock\nlog-level = error\n");
        assertThat(old.getParent()).doesNotExist();
    }

    @Test
    void changesTheSocketAndNoOtherLine() throws IOException {
        Path old = image.install(Layout.HSM, "1.0");
        Path configuration = old.resolveSibling("coffer-pkcs11.conf");
        Files.writeString(configuration, "# mine\nsocket = /srv/own.sock\nlog-level = error\n");

        image.install(Layout.HSM, "1.0");

        assertThat(configuration).hasContent("# mine\nsocket      = /run/coffer/tde.sock\nlog-level = error\n");
    }

    @Test
    void keepsTheOlderVersionWhereOracleSwitchesByName() {
        Path old = image.install(Layout.PKCS11, "1.0");

        Path fresh = image.install(Layout.PKCS11, "1.1");

        assertThat(image.tree(Layout.PKCS11).libraries()).containsExactly(old, fresh);
    }

    @Test
    void namesAnotherVendorsLibrary() throws IOException {
        Path other = image.root().resolve("opt/oracle/extapi/64/hsm/acme/3.0/libacme.so.2");
        Files.createDirectories(other.getParent());
        Files.createFile(other);

        assertRefused(Reason.ARGUMENT_INVALID, () -> image.plan(Layout.HSM, "1.0"))
                .hasMessageContaining(other.toString());
        assertThat(image.plan(Layout.PKCS11, "1.0").changes()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesALinkOnTheWay(Layout layout) throws IOException {
        Path elsewhere = Files.createDirectories(image.root().resolve("u01/extapi"));
        Files.createDirectories(image.root().resolve("opt/oracle"));
        Files.createSymbolicLink(image.root().resolve("opt/oracle/extapi"), elsewhere);

        assertRefused(Reason.ARGUMENT_INVALID, () -> image.plan(layout, "1.0"))
                .hasMessageContaining("opt/oracle/extapi")
                .hasMessageContaining("OCI-46707");
    }

    @Test
    void refusesADirectoryThatOthersMayWriteTo() throws IOException {
        Path open = Files.createDirectories(image.root().resolve("opt/oracle"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertRefused(Reason.ARGUMENT_INVALID, () -> image.plan(Layout.PKCS11, "1.0"))
                .hasMessageContaining(open.toString());
        assertThat(image.plan(Layout.HSM, "1.0").changes()).isNotEmpty();
    }

    @Test
    void refusesAFileThatIsNoLibrary() throws IOException {
        Files.writeString(image.source(), "#!/bin/sh\n");

        assertRefused(Reason.ARGUMENT_INVALID, () -> image.plan(Layout.HSM, "1.0"))
                .hasMessageContaining("no ELF library");
    }

    @Test
    void refusesAnOwnerThatTheMachineDoesNotKnow() {
        InstallRequest request = new InstallRequest(
                image.module(Layout.HSM, "1.0"),
                image.source(),
                Optional.empty(),
                Owner.parse("nobody-here:nogroup-here"));

        assertRefused(Reason.ARGUMENT_INVALID, () -> Installation.of(request)).hasMessageContaining("nobody-here");
    }

    @Test
    void takesAwayWhatItInstalledAndNothingElse() throws IOException {
        Path library = image.install(Layout.HSM, "1.0");
        Path neighbour = Files.createFile(image.root().resolve("opt/oracle/extapi/64/hsm/readme.txt"));

        Installation.removalOf(image.tree(Layout.HSM)).make();

        assertThat(library).doesNotExist();
        assertThat(files()).containsExactly(neighbour);
    }

    @Test
    void saysThatThereIsNothingToRemove() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> Installation.removalOf(image.tree(Layout.HSM)))
                .hasMessageContaining("nothing was removed");
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(image.root())) {
            return all.filter(Files::isRegularFile).toList().stream();
        }
    }
}
