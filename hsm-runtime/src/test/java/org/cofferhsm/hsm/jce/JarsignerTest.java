package org.cofferhsm.hsm.jce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.cofferhsm.hsm.jce.TestCertificates.Issuer;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.Jdk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's jarsigner, unmodified, with keys of a module. */
class JarsignerTest {

    @TempDir
    Path directory;

    private Path home;

    @BeforeEach
    void makeModuleWithKeys() throws Exception {
        try (TestModule module = TestModule.in(directory.resolve("module"));
                Session session = module.alice()) {
            home = module.home();
            CofferProvider provider = CofferProvider.of(session);
            KeyStore store = KeyStore.getInstance("Coffer", provider);
            store.load(null, null);
            Issuer root = Issuer.root("CN=Code Signing Root");
            for (String algorithm : new String[] {"RSA", "EC"}) {
                KeyPair pair = KeyPairGenerator.getInstance(algorithm, provider).generateKeyPair();
                store.setKeyEntry(algorithm, pair.getPrivate(), null, new Certificate[] {
                    root.issue("CN=Signer " + algorithm, pair.getPublic()), root.certificate()
                });
            }
        }
    }

    static Stream<Arguments> jdksAndKeys() {
        return Jdk.all().flatMap(jdk -> Stream.of("RSA", "EC").map(key -> Arguments.of(jdk, key)));
    }

    /** Pitfalls 1 (jarsigner of JDK 17 has no -providerPath) and 9 (each JDK's own default digest). */
    @ParameterizedTest
    @MethodSource("jdksAndKeys")
    void signsJarsThatJarsignerVerifies(Jdk jdk, String alias) throws Exception {
        Path jar = jar();
        ToolRun.of(
                        home,
                        jdk.tool("jarsigner"),
                        ToolRun.CLASS_PATH,
                        "-storetype",
                        "Coffer",
                        "-keystore",
                        "NONE",
                        "-storepass",
                        TestModule.ALICE,
                        "-addprovider",
                        "Coffer",
                        jar.toString(),
                        alias)
                .succeeds();

        // Verified without us.
        ToolRun verified = ToolRun.of(home, jdk.tool("jarsigner"), List.of(), "-verify", "-verbose", jar.toString());
        assertThat(verified.succeeds().output()).contains("jar verified.", "CN=Signer " + alias);
        assertThat(signersOfContent(jar)).isEqualTo(2);
    }

    private Path jar() throws Exception {
        Path jar = directory.resolve("app.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("content.txt"));
            out.write("content".getBytes(UTF_8));
        }
        return jar;
    }

    /** The length of the chain that the JDK's verifier found. */
    private static int signersOfContent(Path path) throws Exception {
        try (JarFile jar = new JarFile(path.toFile(), true)) {
            JarEntry entry = jar.getJarEntry("content.txt");
            jar.getInputStream(entry).readAllBytes();
            return entry.getCodeSigners()[0]
                    .getSignerCertPath()
                    .getCertificates()
                    .size();
        }
    }
}
