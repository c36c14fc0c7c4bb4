package org.cofferhsm.hsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.OutsideProgram.Finished;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.Jdk;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's own PKCS#11 provider, under keytool and jarsigner. */
class SunPkcs11Test {

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    static Stream<Arguments> jdksAndKeys() {
        return Jdk.all()
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, "RSA", List.of("-keysize", "2048")),
                        Arguments.of(jdk, "EC", List.of("-groupname", "secp256r1"))));
    }

    /** Runs keytool or jarsigner on the token. */
    private static Finished tool(Jdk jdk, String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                jdk.tool(name).toString(),
                "-J-Duser.language=en",
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-keystore",
                "NONE",
                "-storetype",
                "PKCS11",
                "-storepass",
                SUBJECT.token().pin(),
                "-providerClass",
                "sun.security.pkcs11.SunPKCS11",
                "-providerArg",
                configuration().toString()));
        return new OutsideProgram(command, SUBJECT.token().environment())
                .run(arguments)
                .orComplain(name + " " + List.of(arguments));
    }

    private static Path configuration() throws IOException {
        return Files.writeString(
                SUBJECT.file("p11.cfg"),
                "name = token\nlibrary = " + SUBJECT.token().library() + "\nslotListIndex = 0\n");
    }

    @ParameterizedTest
    @MethodSource("jdksAndKeys")
    void makesCertifiesAndDeletesKeysAndSignsJars(Jdk jdk, String kind, List<String> parameters) throws Exception {
        String alias = kind.toLowerCase() + jdk.feature();
        // Without -providername, keytool makes the key in software and then tries to import it.
        List<String> generate = new ArrayList<>(List.of(
                "-genkeypair",
                "-providername",
                "SunPKCS11-token",
                "-alias",
                alias,
                "-keyalg",
                kind,
                "-dname",
                "CN=" + alias));
        generate.addAll(parameters);
        tool(jdk, "keytool", generate.toArray(new String[0]));
        assertThat(tool(jdk, "keytool", "-list").text()).contains(alias + ", PrivateKeyEntry");

        certify(jdk, alias);
        assertThat(tool(jdk, "keytool", "-list", "-v", "-alias", alias).text())
                .contains("Certificate chain length: 2", "Issuer: CN=Root");

        signs(jdk, alias);
        tool(jdk, "keytool", "-delete", "-alias", alias);
        assertThat(tool(jdk, "keytool", "-list").text()).doesNotContain(alias);
    }

    private static OutsideProgram openssl() {
        return new OutsideProgram(List.of(Interop.program("openssl").toString()), Map.of());
    }

    /** Has the key's request answered by a CA in files, and puts the chain beside the key. */
    private static void certify(Jdk jdk, String alias) throws IOException {
        String request = SUBJECT.file(alias + ".csr").toString();
        String root = SUBJECT.file("root.pem").toString();
        String rootKey = SUBJECT.file("root.key").toString();
        tool(jdk, "keytool", "-certreq", "-alias", alias, "-file", request);
        openssl()
                .run(
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=Root",
                        "-keyout",
                        rootKey,
                        "-out",
                        root)
                .orComplain("openssl req");
        String certificate = openssl()
                .run("x509", "-req", "-in", request, "-CA", root, "-CAkey", rootKey, "-set_serial", "77", "-days", "2")
                .orComplain("openssl x509")
                .text();
        Path chain = Files.writeString(SUBJECT.file(alias + ".chain"), certificate + Files.readString(Path.of(root)));
        tool(jdk, "keytool", "-importcert", "-noprompt", "-alias", alias, "-file", chain.toString());
    }

    private static void signs(Jdk jdk, String alias) throws IOException {
        Path jar = SUBJECT.file(alias + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("content.txt"));
            out.write("content".getBytes(UTF_8));
        }
        tool(jdk, "jarsigner", jar.toString(), alias);

        assertThat(new OutsideProgram(List.of(jdk.tool("jarsigner").toString(), "-J-Duser.language=en"), Map.of())
                        .run("-verify", "-verbose", "-certs", jar.toString())
                        .orComplain("jarsigner -verify")
                        .text())
                .contains("jar verified.", "CN=" + alias);
    }
}
