package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operating system says of another user; only root can become one. */
class ForeignUserTest {

    private static final String NOBODY = "nobody";
    /** The connection was closed before anything was sent. */
    private static final String NOTHING = "received -1";

    @TempDir
    Path directory;

    private final LogLines log = new LogLines();
    private ModuleFixture module;

    @BeforeEach
    void make() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
        withMode(directory, "rwxr-xr-x");
        module = ModuleFixture.in(directory.resolve("home"));
        copy(ForeignUser.class);
        copy(ForeignServer.class);
    }

    private void copy(Class<?> program) throws IOException {
        Path classFile = directory.resolve(program.getName().replace('.', '/') + ".class");
        Files.createDirectories(Objects.requireNonNull(classFile.getParent()));
        try (InputStream in = Objects.requireNonNull(program.getResourceAsStream(program.getSimpleName() + ".class"))) {
            Files.copy(in, classFile);
        }
    }

    @AfterEach
    void close() {
        if (module != null) {
            module.close();
        }
    }

    private String knock(ServiceOptions options) throws IOException, InterruptedException {
        try (LocalService service = LocalService.start(module.hsm(), options, List.of(), log)) {
            Process program = asNobody(ForeignUser.class, service.socket().orElseThrow());
            String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            program.waitFor();
            return output;
        }
    }

    private Process asNobody(Class<?> program, Path socket) throws IOException {
        return new ProcessBuilder(
                        Interop.program("setpriv").toString(),
                        "--reuid=" + NOBODY,
                        "--regid=nogroup",
                        "--clear-groups",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        directory.toString(),
                        program.getName(),
                        socket.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** What nobody's server in that directory hears of a client of ours, which is refused or loses it. */
    private String heardIn(Path place, Reason refusal) throws Exception {
        Path socket = place.resolve("s");
        Process server = asNobody(ForeignServer.class, socket);
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("listening");
            assertRefused(refusal, () -> StatusClient.connect(ServiceAddress.onSocket(socket)));
            return said.readLine();
        } finally {
            server.destroy();
        }
    }

    private static Path withMode(Path place, String mode) throws IOException {
        return Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
    }

    private static Path givenToNobody(Path place) throws IOException {
        withMode(place, "rwxr-xr-x");
        return Files.setOwner(
                place, place.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
    }

    @Test
    void isNotTrustedWhereItAnswersInTheServicesPlace() throws Exception {
        Path open = withMode(Files.createDirectory(directory.resolve("open")), "rwxrwxrwx");

        assertThat(heardIn(open, Reason.SERVICE_REFUSED)).isEqualTo(NOTHING);
    }

    @Test
    void isNotTrustedInItsOwnDirectoryWhereAnybodyCanMakeOne() throws Exception {
        Path own = givenToNobody(Files.createDirectory(directory.resolve("own")));

        assertThat(heardIn(own, Reason.SERVICE_REFUSED)).isEqualTo(NOTHING);
    }

    @Test
    void isTrustedInADirectoryThatOnlyRootCanHaveGivenIt() throws Exception {
        Path own = givenToNobody(Files.createTempDirectory(Path.of("/run"), "coffer-test"));
        try {
            assertThat(heardIn(own, Reason.SERVICE_UNAVAILABLE)).isNotEqualTo(NOTHING);
        } finally {
            Files.deleteIfExists(own.resolve("s"));
            Files.delete(own);
        }
    }

    private ServiceOptions options(Set<String> users, Set<String> groups) {
        return ServiceOptions.at(directory.resolve("s")).withUsers(users).withGroups(groups);
    }

    @Test
    void isKeptOutByTheFilesMode() throws Exception {
        assertThat(knock(options(Set.of(), Set.of()))).contains("Permission denied");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void isRefusedWhereOnlyAnotherMayConnect() throws Exception {
        assertThat(knock(options(Set.of("daemon"), Set.of()))).contains("status ffff0002");
        assertThat(log.lines()).anyMatch(line -> line.contains("user nobody") && line.contains("--allow-user"));
    }

    @Test
    void isLetInByNameAndByGroup() throws Exception {
        assertThat(knock(options(Set.of(NOBODY), Set.of()))).contains("status 0");
        assertThat(knock(options(Set.of(), Set.of("nogroup")))).contains("status 0");
        assertThat(knock(options(Set.of("daemon"), Set.of("nogroup")))).contains("status 0");
    }
}
