package org.cofferhsm.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
    private static final String PIN = "Correct-Horse-42";

    @TempDir
    private Path directory;

    /** Runs a sample twice, as a reader of the README might; gives what it printed the second time. */
    private String printed(String user, BiConsumer<Session, PrintStream> sample) {
        DemoModule module = new DemoModule(directory.resolve("module"), PIN.toCharArray());
        module.as(user, session -> sample.accept(session, new PrintStream(new ByteArrayOutputStream())));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        module.as(user, session -> sample.accept(session, new PrintStream(out, true, StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void embedsInJava() {
        assertThat(printed("app", EmbedInJava::run))
                .contains("and back: pay 100 to Grace")
                .contains("authentic: true")
                .contains("KEY_UNEXTRACTABLE");
    }

    @Test
    void rotatesTheTdeMasterKey() {
        assertThat(printed("tde", RotateTdeMasterKey::run))
                .contains("the same tablespace key: true")
                .contains("after the audit  (current)");
    }

    @Test
    void encryptsAnH2Database() {
        assertThat(printed("h2", (session, out) -> EncryptH2Database.run(session, directory.resolve("customers"), out)))
                .contains("wrapped under")
                .contains("2 of Grace Example");
    }

    @Test
    void encryptsTheDatabaseKey() {
        assertThat(printed("ekm", EncryptDatabaseKey::run))
                .contains("RSA_2048 key \"sales-tde\"")
                .contains("and back: true");
    }

    @Test
    void issuesACertificate() {
        Interop.program("openssl");
        OutsideProgram openssl = OutsideProgram.find("openssl").orElseThrow();
        Path request = directory.resolve("server.csr");
        openssl.run(
                        "req",
                        "-new",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=www.example.test",
                        "-addext",
                        "subjectAltName=DNS:www.example.test",
                        "-keyout",
                        directory.resolve("server.key").toString(),
                        "-out",
                        request.toString())
                .orComplain("openssl req");

        String printed = printed("ca", (session, out) -> IssueCertificate.run(session, request, out));

        String[] command =
                printed.strip().substring("now try: openssl ".length()).split(" ");
        assertThat(openssl.run(command).orComplain("openssl verify").text()).contains("OK");
    }

    @Test
    void signsAJar() throws Exception {
        Interop.program("sh");
        Path home = directory.resolve("module");
        new DemoModule(home, PIN.toCharArray()).as("release", session -> {});
        Path jar = Files.copy(
                Path.of(Test.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                directory.resolve("app.jar"));
        OutsideProgram script = new OutsideProgram(
                List.of("sh", Path.of("src/main/sh/sign-jar.sh").toString()),
                Map.of(
                        "COFFER_HOME", home.toString(),
                        "COFFER_PIN", "release:" + PIN,
                        "COFFER_CLASSPATH", System.getProperty("java.class.path"),
                        "JAVA_HOME", System.getProperty("java.home")));

        script.run(jar.toString()).orComplain("sign-jar.sh");
        OutsideProgram.Finished again = script.run(jar.toString()).orComplain("sign-jar.sh, again");

        assertThat(again.text()).contains("jar signed.").contains("jar verified.");
    }

    @Test
    void saysWhatItNeeds() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> EmbedInJava.main(new String[0]))
                .hasMessageContaining("DEMO_PIN");
    }
}
