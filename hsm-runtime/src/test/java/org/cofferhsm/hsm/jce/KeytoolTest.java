package org.cofferhsm.hsm.jce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.jce.TestCertificates.Issuer;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.Jdk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's keytool, unmodified, on a module. */
class KeytoolTest {

    @TempDir
    Path directory;

    private Path home;

    @BeforeEach
    void makeModule() {
        home = TestModule.closedIn(directory.resolve("module"));
    }

    private ToolRun keytool(Jdk jdk, List<String> where, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-storetype", "Coffer", "-keystore", "NONE", "-storepass", TestModule.ALICE));
        all.addAll(List.of("-addprovider", "Coffer"));
        return ToolRun.of(home, jdk.tool("keytool"), where, all.toArray(new String[0]));
    }

    private ToolRun keytool(Jdk jdk, String... arguments) throws Exception {
        return keytool(jdk, ToolRun.CLASS_PATH, arguments);
    }

    private ToolRun genkeypair(Jdk jdk, String alias, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
        // Pitfall 8: keytool asks for a key's password, and the store ignores it.
        all.addAll(List.of("-providername", "Coffer", "-keypass", "ignored"));
        all.addAll(List.of(arguments));
        return keytool(jdk, all.toArray(new String[0]));
    }

    private static Certificate certificate(String pem) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8)));
    }

    private static String pem(Certificate... certificates) throws Exception {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    /** Pitfalls 3 (EC by NamedParameterSpec), 8 and 9 (each JDK's default digest), and the life of a key. */
    @ParameterizedTest
    @MethodSource("org.cofferhsm.hsm.testing.Jdk#all")
    void makesCertifiesRenamesAndDeletesKeys(Jdk jdk) throws Exception {
        genkeypair(jdk, "rsa", "-keyalg", "RSA", "-keysize", "2048").succeeds();
        genkeypair(jdk, "ec", "-keyalg", "EC", "-groupname", "secp256r1").succeeds();

        // One kind of key per JDK, for each run of keytool takes seconds.
        String certified = jdk.feature() == 17 ? "rsa" : "ec";
        Issuer root = Issuer.root("CN=Test Root");
        certify(jdk, certified, root);

        String list = keytool(jdk, "-list", "-v").succeeds().output();
        assertThat(list)
                .contains("Alias name: rsa", "Alias name: ec", "Entry type: PrivateKeyEntry")
                .contains("Certificate chain length: 2");

        keytool(jdk, "-changealias", "-alias", "ec", "-destalias", "ec2", "-keypass", "ignored")
                .succeeds();
        keytool(jdk, "-delete", "-alias", "rsa").succeeds();
        assertThat(keytool(jdk, "-list").succeeds().output())
                .contains("ec2,", "PrivateKeyEntry", "root,", "trustedCertEntry", "contains 2 entries")
                .doesNotContain("rsa,");
        assertOneSafePairIsLeft();
    }

    /** A request, the CA's certificate, the CA's reply, and the certificate out again. */
    private void certify(Jdk jdk, String alias, Issuer root) throws Exception {
        Path request = directory.resolve(alias + ".csr");
        keytool(jdk, "-certreq", "-alias", alias, "-keypass", "ignored", "-file", request.toString())
                .succeeds();
        Path reply = directory.resolve(alias + ".crt");
        X509Certificate issued = issue(root, alias, request);
        Files.writeString(reply, pem(issued));
        Path ca = directory.resolve("ca.crt");
        Files.writeString(ca, pem(root.certificate()));
        keytool(jdk, "-importcert", "-noprompt", "-alias", "root", "-file", ca.toString())
                .succeeds();
        keytool(jdk, "-importcert", "-alias", alias, "-keypass", "ignored", "-file", reply.toString())
                .succeeds();

        String exported =
                keytool(jdk, "-exportcert", "-rfc", "-alias", alias).succeeds().output();
        assertThat(certificate(exported.substring(exported.indexOf("-----BEGIN"))))
                .isEqualTo(issued);
    }

    private static X509Certificate issue(Issuer root, String alias, Path request) throws Exception {
        try (PEMParser parser = new PEMParser(Files.newBufferedReader(request))) {
            return root.issue(
                    "CN=" + alias,
                    new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject()).getPublicKey());
        }
    }

    private void assertOneSafePairIsLeft() {
        try (Hsm hsm = Hsm.open(home).unlock(KeyFile.in(home));
                Session session = hsm.login("alice", TestModule.PIN.toCharArray())) {
            List<ObjectInfo> keys = session.find(Attributes.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY))
                    .list();
            assertThat(keys).extracting(ObjectInfo::label).containsExactly("ec2");
            assertThat(keys.get(0).attributes().is(Attribute.NEVER_EXTRACTABLE)).isTrue();
            assertThat(session.find("ec2").of(ObjectClass.PUBLIC_KEY).list()).hasSize(1);
        }
    }

    /** Pitfall 2: without -providername keytool makes the key outside. */
    @Test
    void saysWhatIsMissingWhenTheKeyIsMadeOutside() throws Exception {
        Jdk jdk = Jdk.all().findFirst().orElseThrow();

        ToolRun run =
                keytool(jdk, "-genkeypair", "-alias", "x", "-keyalg", "RSA", "-dname", "CN=x", "-keypass", "ignored");
        assertThat(run.fails().output()).contains("add -providername Coffer");
        assertThat(keytool(jdk, "-list").succeeds().output()).contains("contains 0 entries");
    }

    /** Pitfall 10: keytool makes secret keys outside whatever one says. */
    @Test
    void saysHowToMakeASecretKey() throws Exception {
        ToolRun run = keytool(
                Jdk.all().findFirst().orElseThrow(),
                "-genseckey",
                "-alias",
                "x",
                "-keyalg",
                "AES",
                "-keysize",
                "256",
                "-keypass",
                "ignored",
                "-providername",
                "Coffer");

        assertThat(run.fails().output()).contains("coffer key generate-symmetric");
    }

    /** Pitfall 1: -addprovider looks on the tool's own class path, which -J-cp sets, or its module path. */
    @ParameterizedTest
    @MethodSource("org.cofferhsm.hsm.testing.Jdk#all")
    void worksFromTheModulePath(Jdk jdk) throws Exception {
        ToolRun run = keytool(jdk, ToolRun.MODULE_PATH, "-list");

        assertThat(run.succeeds().output()).contains("Keystore provider: Coffer", "contains 0 entries");
    }

    /** A pitfall of its own: keytool starts without java.sql, which a class path does not bring. */
    @Test
    void saysWhatIsMissingWithoutJavaSql() throws Exception {
        ToolRun run = keytool(Jdk.all().findFirst().orElseThrow(), ToolRun.CLASS_PATH.subList(0, 2), "-list");

        assertThat(run.fails().output()).contains("--add-modules=java.sql").doesNotContain("NoClassDefFoundError");
    }

    @Test
    void refusesAWrongPinAndNamesAnotherHome() throws Exception {
        ToolRun wrong = list(home, "alice:not-the-pin");
        assertThat(wrong.fails().output()).contains("PIN").doesNotContain("not-the-pin");

        ToolRun elsewhere = list(directory.resolve("nowhere"), TestModule.ALICE, "-providerarg", home.toString());
        assertThat(elsewhere.succeeds().output()).contains("Keystore provider: Coffer-module");
    }

    private static ToolRun list(Path home, String password, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("-list", "-storetype", "Coffer", "-keystore", "NONE"));
        all.addAll(List.of("-storepass", password, "-addprovider", "Coffer"));
        all.addAll(List.of(more));
        Path keytool = Jdk.all().findFirst().orElseThrow().tool("keytool");
        return ToolRun.of(home, keytool, ToolRun.CLASS_PATH, all.toArray(new String[0]));
    }
}
