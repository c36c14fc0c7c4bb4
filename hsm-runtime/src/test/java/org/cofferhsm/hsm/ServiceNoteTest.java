package org.cofferhsm.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNoteTest {

    @TempDir
    Path home;

    private ServiceNote note;

    @BeforeEach
    void here() {
        note = new ServiceNote(home);
    }

    private Path file() {
        return home.resolve("service.socket");
    }

    @Test
    void isNotThereBeforeAndAfter() {
        assertThat(note.read()).isEmpty();
        note.write(ServiceAddress.onSocket(home.resolve("s")));
        note.remove();
        assertThat(note.read()).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run/coffer/coffer.sock", "/a = b/#c", "/back\\slash", "/two\nlines", "/Schlüssel/…"})
    void tellsOfASocket(String path) {
        ServiceAddress address = ServiceAddress.onSocket(Path.of(path));
        note.write(address);

        assertThat(note.read()).contains(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/var/lib/coffer/coffer.token", "/a = b/#c", "/back\\slash", "/two\nlines"})
    void tellsOfAPortAndOfWhereItsSecretIs(String secret) {
        ServiceAddress address = ServiceAddress.onPort(7353, Path.of(secret));
        note.write(address);

        assertThat(note.read()).contains(address);
    }

    @Test
    void isWrittenAsTheLibrariesAreConfigured() throws Exception {
        note.write(ServiceAddress.onPort(7353, Path.of("/var/lib/coffer/coffer.token")));

        assertThat(Files.readAllLines(file()))
                .filteredOn(line -> !line.startsWith("#"))
                .containsExactlyInAnyOrder("tcp=127.0.0.1\\:7353", "token-file=/var/lib/coffer/coffer.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void tellsWhereTheSecretOfASocketIsOnASystemThatNeedsOne() throws Exception {
        note.write(new ServiceAddress(UnixDomainSocketAddress.of("/s"), Optional.of(Path.of("/t"))));

        assertThat(Files.readAllLines(file())).contains("socket=/s", "token-file=/t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/just/a/path", "tcp=127.0.0.1\\:7353", "token-file=/t", "socket=\\u12", "socket=a\\u0000b"})
    void refusesToGuessFromABrokenOne(String text) throws Exception {
        Files.writeString(file(), text);

        assertRefused(Reason.STORE_UNAVAILABLE, () -> note.read());
    }

    @Test
    void leadsToNoOtherMachine() throws Exception {
        Files.writeString(file(), "tcp=192.0.2.1\\:7353\ntoken-file=/t\n");

        assertRefused(Reason.ARGUMENT_INVALID, () -> note.read());
    }
}
