package org.cofferhsm.hsm.jce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.channel.TokenAccess;
import org.cofferhsm.hsm.session.remote.SessionService;
import org.cofferhsm.hsm.testing.Jdk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's keytool and jarsigner, unmodified, while another process owns the module and serves it. */
class ServedToolsTest {

    @TempDir
    Path directory;

    private Path home;
    private Hsm hsm;
    private LocalService service;

    @BeforeEach
    void serve() {
        home = TestModule.closedIn(directory.resolve("module"));
        hsm = Hsm.open(home, KeyFile.in(home));
        service = LocalService.start(
                hsm, ServiceOptions.at(home.resolve("coffer.sock")), List.of(new SessionService()), line -> {});
    }

    @AfterEach
    void stop() {
        service.close();
        hsm.close();
    }

    private ToolRun tool(Jdk jdk, String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-storetype", "Coffer", "-keystore", "NONE", "-storepass", TestModule.ALICE));
        all.addAll(List.of("-addprovider", "Coffer"));
        try {
            return ToolRun.of(home, jdk.tool(name), ToolRun.CLASS_PATH_ALONE, all.toArray(new String[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private ToolRun keytool(Jdk jdk, String... arguments) {
        return tool(jdk, "keytool", arguments);
    }

    private ToolRun genkeypair(Jdk jdk, String algorithm, String size, String value) {
        return keytool(
                jdk,
                "-genkeypair",
                "-alias",
                algorithm,
                "-keyalg",
                algorithm,
                size,
                value,
                "-dname",
                "CN=Signer " + algorithm,
                "-providername",
                "Coffer",
                "-keypass",
                "ignored");
    }

    static Stream<Jdk> jdks() {
        return Jdk.all();
    }

    /** Without {@code java.sql}, which only the owner of the module needs; two JVMs at once where that saves time. */
    @ParameterizedTest
    @MethodSource("jdks")
    void makeListCertifySignAndVerify(Jdk jdk) throws Exception {
        together(
                () -> genkeypair(jdk, "RSA", "-keysize", "2048"),
                () -> genkeypair(jdk, "EC", "-groupname", "secp256r1"));

        Path request = directory.resolve("ec.csr");
        together(
                () -> keytool(jdk, "-certreq", "-alias", "EC", "-keypass", "ignored", "-file", request.toString()),
                () -> {
                    ToolRun list = keytool(jdk, "-list", "-v");
                    assertThat(list.output()).contains("Alias name: RSA", "Alias name: EC", "PrivateKeyEntry");
                    return list;
                });
        assertThat(Files.readString(request)).contains("BEGIN NEW CERTIFICATE REQUEST");

        Path rsa = jar("rsa.jar");
        Path ec = jar("ec.jar");
        together(
                () -> tool(jdk, "jarsigner", rsa.toString(), "RSA"), () -> tool(jdk, "jarsigner", ec.toString(), "EC"));
        for (Path jar : List.of(rsa, ec)) {
            ToolRun verified =
                    ToolRun.of(home, jdk.tool("jarsigner"), List.of(), "-verify", "-verbose", jar.toString());
            assertThat(verified.succeeds().output()).contains("jar verified.", "CN=Signer ");
        }
        assertThat(Hsm.ownerOf(home)).hasValue(ProcessHandle.current().pid());
    }

    /** As on Windows, in a JVM that has neither the JDK's module jdk.net nor anything to do with Unix domain sockets. */
    @Test
    void keytoolReachesAServiceThatListensOnAPortAlone() throws Exception {
        service.close();
        Path secret = directory.resolve("coffer.token");
        service = LocalService.start(
                hsm,
                ServiceOptions.onPortAlone(TokenAccess.onAddress("127.0.0.1:0", secret)),
                List.of(new SessionService()),
                line -> {});
        String port = "-J-Dcoffer.tcp=127.0.0.1:" + service.tcp().orElseThrow().getPort();
        Jdk jdk = Jdk.all().findFirst().orElseThrow();

        ToolRun nameless = keytool(jdk, "-list", port);
        assertThat(nameless.fails().output()).contains("coffer.token.file");
        keytool(jdk, "-list", port, "-J-Dcoffer.token.file=" + secret).succeeds();
        keytool(jdk, "-list").succeeds(); // by the module's directory
    }

    private static void together(Supplier<ToolRun> one, Supplier<ToolRun> other) {
        CompletableFuture<ToolRun> first = CompletableFuture.supplyAsync(one);
        CompletableFuture<ToolRun> second = CompletableFuture.supplyAsync(other);
        first.join().succeeds();
        second.join().succeeds();
    }

    private Path jar(String name) throws Exception {
        Path jar = directory.resolve(name);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("content.txt"));
            out.write("content".getBytes(UTF_8));
        }
        return jar;
    }
}
