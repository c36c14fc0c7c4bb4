package org.cofferhsm.hsm.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.OutsideProgram.Finished;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NSS, which Firefox and 389 Directory Server use: modutil and certutil. */
class NssTest {

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    @BeforeAll
    static void addTheModule() throws IOException {
        Files.createDirectories(SUBJECT.file("nss"));
        Files.writeString(SUBJECT.file("pin"), SUBJECT.token().pin() + "\n");
        SUBJECT.program("certutil")
                .run("-N", "-d", database(), "--empty-password")
                .orComplain("certutil -N");
        modutil("-add", "hsm", "-libfile", SUBJECT.token().library().toString());
    }

    private static String database() {
        return "sql:" + SUBJECT.file("nss");
    }

    private static Finished modutil(String... arguments) {
        return SUBJECT.program("modutil")
                .run(Stream.concat(Stream.of("-force", "-dbdir", database()), Stream.of(arguments))
                        .toArray(String[]::new))
                .orComplain("modutil");
    }

    /** On the token, as its user. */
    private static Finished certutil(String... arguments) throws IOException {
        Path noise = Files.write(SUBJECT.file("noise"), new byte[64]);
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("-d", database(), "-h", SUBJECT.token().label()));
        command.addAll(List.of("-f", SUBJECT.file("pin").toString()));
        if (command.contains("-k")) {
            command.addAll(List.of("-z", noise.toString())); // or it asks for key strokes
        }
        return SUBJECT.program("certutil").run(command.toArray(new String[0])).orComplain("certutil " + command);
    }

    @Test
    void listsTheModule() {
        assertThat(modutil("-list").text())
                .contains("library name: " + SUBJECT.token().library())
                .contains("token: " + SUBJECT.token().label(), "status: loaded");
    }

    @ParameterizedTest
    @CsvSource({"rsa, -g, 2048", "ec, -q, secp256r1"})
    void requestsACertificate(String kind, String option, String size) throws IOException {
        Path request = SUBJECT.file(kind + ".csr");
        certutil("-R", "-s", "CN=Grace", "-k", kind, option, size, "-a", "-o", request.toString());

        new OutsideProgram(List.of(Interop.program("openssl").toString()), Map.of())
                .run("req", "-in", request.toString(), "-verify", "-noout")
                .orComplain("openssl req -verify");
    }

    @Test
    void keepsAKeyWithItsCertificate() throws IOException {
        certutil("-S", "-x", "-n", "server", "-s", "CN=localhost", "-t", ",,", "-m", "77", "-k", "rsa", "-g", "2048");

        assertThat(certutil("-L").text()).contains(SUBJECT.token().label() + ":server", "u,u,u");
        assertThat(certutil("-K").text()).contains(SUBJECT.token().label() + ":server");
    }
}
