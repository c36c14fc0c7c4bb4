package org.cofferhsm.signtool.tsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jsign.AuthenticodeSigner;
import net.jsign.pe.PEFile;
import net.jsign.timestamp.TimestampingMode;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.Jdk;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.signtool.testing.Osslsigncode;
import org.cofferhsm.signtool.testing.PeSamples;
import org.cofferhsm.signtool.testing.Signers;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TestTsa;
import org.cofferhsm.signtool.verify.FileVerification;
import org.cofferhsm.signtool.verify.SignatureVerification;
import org.cofferhsm.signtool.verify.TimestampVerification;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that nobody here wrote ask our authority, by RSA and by P-256, and verify what it answers. */
@Timeout(300)
class TsaInteropTest {
    private static final KeyPair RSA = TestCertificate.rsa(2048);
    private static final TestSigner ROOT = TestSigner.root("Example Root", TestCertificate.rsa(2048));
    private static final TestSigner SIGNER = ROOT.issueForCode(RSA);
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path shared;

    private static Hsm hsm;
    private static Session session;
    private static Map<String, TestTsa> authorities;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        hsm = TestModule.create(shared.resolve("module"), "stamps").open();
        session = TestModule.login(hsm, "stamps");
        authorities = Map.of(
                "rsa", TestTsa.start(session, "rsa", KeyPairTemplate.rsa(3072), TsaRules.usual()),
                "ec", TestTsa.start(session, "ec", KeyPairTemplate.ec(Curve.P256), TsaRules.usual()));
    }

    @AfterAll
    static void stop() {
        authorities.values().forEach(TestTsa::close);
        session.close();
        hsm.close();
    }

    private static OutsideProgram.Finished run(Path program, String... arguments) {
        return new OutsideProgram(List.of(program.toString()), Map.of())
                .run(arguments)
                .orComplain(String.join(" ", arguments));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void opensslVerifiesItsTokens(String key) throws Exception {
        Path openssl = Interop.program("openssl");
        TestTsa tsa = authorities.get(key);
        Path data = Files.writeString(directory.resolve("data"), "hello");
        Path query = directory.resolve("data.tsq");
        run(openssl, "ts", "-query", "-data", data.toString(), "-sha512", "-cert", "-out", query.toString());
        Path reply = directory.resolve("data.tsr");
        HttpRequest request = HttpRequest.newBuilder(URI.create(tsa.url()))
                .header("Content-Type", "application/timestamp-query")
                .POST(HttpRequest.BodyPublishers.ofFile(query))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofFile(reply));

        String trusted = tsa.writeCertificate(directory.resolve("tsa.pem")).toString();
        for (String[] what : new String[][] {{"-data", data.toString()}, {"-queryfile", query.toString()}}) {
            assertThat(run(openssl, "ts", "-verify", what[0], what[1], "-in", reply.toString(), "-CAfile", trusted)
                            .text())
                    .contains("Verification: OK");
        }
        assertThat(run(openssl, "ts", "-reply", "-in", reply.toString(), "-text")
                        .text())
                .contains("Status: Granted.", "Ordering: no", "Accuracy: 0x01 seconds", "Hash Algorithm: sha512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa -ts", "rsa -t", "ec -ts", "ec -t"})
    void osslsigncodeTimestampsAndVerifies(String kind) throws Exception {
        String[] options = kind.split(" ");
        TestTsa tsa = authorities.get(options[0]);
        Path signed = directory.resolve("signed.dll");
        new Signers(SIGNER, directory).osslsigncode(PeSamples.small64(), signed, "-h", "sha256", options[1], tsa.url());

        String verified = Osslsigncode.installed()
                .verify(
                        signed,
                        SIGNER.writeRoot(directory.resolve("root.pem")),
                        tsa.writeCertificate(directory.resolve("tsa.pem")))
                .orComplain("osslsigncode verify")
                .text();

        assertThat(verified)
                .contains("Timestamp Server Signature verification: ok")
                .contains("Succeeded");
        verify(signed, tsa, kind.endsWith("-ts"));
    }

    private static void verify(Path file, TestTsa tsa, boolean modern) throws Exception {
        VerificationPolicy policy = VerificationPolicy.trusting(Set.of(ROOT.anchor()), Instant.now())
                .trustingForTimestamps(Set.of(tsa.certificate()));
        FileVerification result = new Verifier(policy).verify(file);
        SignatureVerification signature = result.signatures().get(0);
        assertThat(signature.problems()).isEmpty();
        assertThat(signature.timestamps())
                .extracting(TimestampVerification::kind)
                .containsExactly(modern ? TimestampVerification.Kind.RFC3161 : TimestampVerification.Kind.AUTHENTICODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa RFC3161", "rsa AUTHENTICODE", "ec RFC3161", "ec AUTHENTICODE"})
    void jsignTimestamps(String kind) throws Exception {
        TestTsa tsa = authorities.get(kind.split(" ")[0]);
        TimestampingMode mode = TimestampingMode.valueOf(kind.split(" ")[1]);
        Path file = Files.copy(PeSamples.small64(), directory.resolve("sample.dll"));
        AuthenticodeSigner jsign = new AuthenticodeSigner(
                        SIGNER.chain().toArray(Certificate[]::new), SIGNER.privateKey())
                .withTimestamping(true)
                .withTimestampingMode(mode)
                .withTimestampingAuthority(tsa.url())
                .withTimestampingRetries(0);
        try (PEFile image = new PEFile(file.toFile())) {
            jsign.sign(image);
        }

        verify(file, tsa, mode == TimestampingMode.RFC3161);
    }

    static Stream<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void jarsignerTimestampsAndVerifies(Jdk jdk) throws Exception {
        for (TestTsa tsa : authorities.values()) {
            Path jar = Files.copy(
                    Path.of(Timeout.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()),
                    directory.resolve(tsa.certificate().getSerialNumber() + ".jar"));
            String store = keyStore(tsa).toString();
            List<String> options = List.of("-keystore", store, "-storepass", PASSWORD);
            jarsigner(jdk, options, "-tsa", tsa.url(), jar.toString(), "signer");

            assertThat(jarsigner(jdk, options, "-verify", "-verbose", "-certs", jar.toString()))
                    .contains(
                            "jar verified",
                            "Timestamped by \"" + tsa.certificate().getSubjectX500Principal())
                    .doesNotContain("TSA certificate chain is invalid");
        }
    }

    private static String jarsigner(Jdk jdk, List<String> options, String... more) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(0, List.of("-J-Duser.language=en"));
        arguments.addAll(List.of(more));
        return run(jdk.tool("jarsigner"), arguments.toArray(String[]::new)).text();
    }

    private Path keyStore(TestTsa tsa) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "signer",
                SIGNER.privateKey(),
                PASSWORD.toCharArray(),
                SIGNER.chain().toArray(Certificate[]::new));
        store.setCertificateEntry("root", ROOT.anchor());
        store.setCertificateEntry("tsa", tsa.certificate());
        Path file = directory.resolve("trusted.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
