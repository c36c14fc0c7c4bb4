package org.cofferhsm.signtool.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.verify.SignatureVerification;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JARs that are not what they seem. */
@Timeout(120)
class JarVerificationTest {

    private static final TestSigner SIGNER = TestSigner.ofCode(TestCertificate.ec("secp256r1"));
    private static final String BLOCK = "META-INF/SIGNER.EC";
    private static final int MEGABYTE = 1 << 20;
    private static TestJar good;

    @TempDir
    private Path directory;

    @BeforeAll
    static void sign() throws Exception {
        good = TestJar.usual().signed(SIGNER);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path file(byte[] archive) throws IOException {
        return Files.write(directory.resolve("app.jar"), archive);
    }

    private List<SignatureVerification> verified(byte[] archive) throws IOException {
        Verifier verifier = new Verifier(VerificationPolicy.trusting(Set.of(SIGNER.anchor()), Instant.now()));
        return new JarVerification(verifier).verify(file(archive));
    }

    private void assertNotSigned(TestJar jar, String what) throws IOException {
        assertThat(verified(jar.archive()))
                .singleElement()
                .satisfies(one -> assertThat(one.problems().toString()).contains(what));
    }

    private void assertInvalid(byte[] archive, String why) {
        assertRefused(Reason.DATA_INVALID, () -> verified(archive)).hasMessageContaining(why);
    }

    @Test
    void acceptsWhatTheJdkSigned() throws Exception {
        assertThat(verified(good.archive())).singleElement().matches(SignatureVerification::passed);
    }

    @Test
    void findsTheSignatureFileInAnyLetters() throws Exception {
        TestJar small = good.without("META-INF/SIGNER.SF")
                .with("META-INF/signer.sf", good.entries().get("META-INF/SIGNER.SF"));

        assertThat(verified(small.archive())).singleElement().matches(SignatureVerification::passed);
    }

    @Test
    void refusesTwoEntriesOfOneName() throws Exception {
        byte[] archive = good.with("readme.tx_", "do not read me").archive();

        assertInvalid(TestJar.renamed(archive, "readme.tx_", "readme.txt"), "two entries called readme.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"META-INF/signer.sf", "Meta-Inf/MANIFEST.MF", "META-INF/Signer.Ec"})
    void refusesASecondNameInOtherLettersBesideTheManifest(String name) throws Exception {
        assertInvalid(good.with(name, good.entries().get(BLOCK)).archive(), "two entries called");
    }

    @ParameterizedTest
    @ValueSource(strings = {"readme.txt", "stowaway.txt"})
    void refusesAnEntryThatTheDirectoryHides(String name) throws Exception {
        TestJar hidden =
                TestJar.of(new TestJar(Map.of()).with(name, "other words").archive());

        assertInvalid(TestJar.withHidden(good.archive(), hidden), "depends on who reads it");
    }

    @Test
    void refusesAnEntryThatOnlyTheDirectoryHas() throws Exception {
        byte[] archive = good.archive();
        byte[] local = "PK\3\4".getBytes(StandardCharsets.ISO_8859_1);
        int last = new String(archive, StandardCharsets.ISO_8859_1)
                .lastIndexOf(new String(local, StandardCharsets.ISO_8859_1));
        archive[last + 30] ^= 1; // the first letter that readers in order see

        assertInvalid(archive, "depends on who reads it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"stowaway.txt", "META-INF/SIG-evil.class", "META-INF/services/x", "evil/", "META-INF/A.SF/b"})
    void noticesWhatNobodySigned(String name) throws Exception {
        assertNotSigned(good.with(name, "nobody signed this"), "the entry " + name + " is not signed");
    }

    @Test
    void letsFilesOfOtherSignaturesStandBeside() throws Exception {
        TestJar more = good.with("META-INF/OTHER.SF", "whatever").with("META-INF/SIG-x.abc", "whatever");

        assertThat(verified(more.archive())).singleElement().matches(SignatureVerification::passed);
    }

    @Test
    void noticesAManifestSectionThatWasAdded() throws Exception {
        String manifest = good.text("META-INF/MANIFEST.MF") + "Name: org/example/\r\nSealed: false\r\n\r\n";

        assertNotSigned(good.with("META-INF/MANIFEST.MF", manifest), "what the manifest says of org/example/ is not");
    }

    @Test
    void noticesOtherMainAttributes() throws Exception {
        String manifest = good.text("META-INF/MANIFEST.MF").replace("org.example.Main", "org.example.Evil");

        assertThat(verified(good.with("META-INF/MANIFEST.MF", manifest).archive()))
                .singleElement()
                .matches(one -> !one.passed());
    }

    @Test
    void noticesASignatureThatLeavesTheMainAttributesOut() throws Exception {
        TestJar sections = TestJar.usual().signed(SIGNER, true);
        assertThat(verified(sections.archive())).singleElement().matches(SignatureVerification::passed);

        ManifestCoverage manifest = ManifestCoverage.of(sections.entries().get("META-INF/MANIFEST.MF"));
        String signed = sections.text("META-INF/SIGNER.SF");
        String without = signed.replaceAll("SHA-256-Digest-Manifest-Main-Attributes: .*\r\n( .*\r\n)*", "");
        assertThat(without).isNotEqualTo(signed);
        assertThat(manifest.notSignedBy(bytes(signed), true)).isEmpty();
        assertThat(manifest.notSignedBy(bytes(signed), false))
                .hasValueSatisfying(text -> assertThat(text).contains("main attributes"));
        assertThat(manifest.notSignedBy(bytes(without), true))
                .hasValueSatisfying(text -> assertThat(text).contains("main attributes"));
    }

    @Test
    void noticesAnotherManifestWhereThereIsNothingElse() throws Exception {
        TestJar path = TestJar.usual()
                .without("readme.txt")
                .without("org/example/Main.class")
                .signed(SIGNER);
        assertThat(verified(path.archive())).singleElement().matches(SignatureVerification::passed);

        String manifest = path.text("META-INF/MANIFEST.MF").replace("org.example.Main", "org.example.Evil");
        assertThat(verified(path.with("META-INF/MANIFEST.MF", manifest)
                        // of such a size that the JDK gives up verifying
                        .with("META-INF/LARGE.SF", new byte[20 * MEGABYTE])
                        .with("META-INF/LARGE.RSA", path.entries().get(BLOCK))
                        .archive()))
                .noneMatch(SignatureVerification::passed);
    }

    @Test
    void refusesABomb() throws Exception {
        try (OutputStream file = Files.newOutputStream(directory.resolve("bomb.jar"));
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (var entry : good.entries().entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
            out.putNextEntry(new ZipEntry("zeros"));
            for (int i = 0; i < 400; i++) {
                out.write(new byte[MEGABYTE]);
            }
        }

        assertInvalid(Files.readAllBytes(directory.resolve("bomb.jar")), "unpacks to more");
        assertRefused(Reason.DATA_INVALID, () -> new JarStructure(directory.resolve("bomb.jar")).requireClear())
                .hasMessageContaining("unpacks to more");
    }

    @Test
    void refusesASignatureFileThatIsABomb() throws Exception {
        assertInvalid(
                good.with("META-INF/SIGNER.SF", new byte[65 * MEGABYTE]).archive(), "has more than " + 64 * MEGABYTE);
    }

    @Test
    void refusesMoreSignaturesThanAnybodyMakes() throws Exception {
        TestJar jar = good;
        for (int i = 0; i < 32; i++) {
            jar = jar.with("META-INF/S" + i + ".RSA", good.entries().get(BLOCK));
        }

        assertInvalid(jar.archive(), "more than 32 signatures");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void refusesABlockWithoutOneSigner(int count) throws Exception {
        ContentInfo block = ContentInfo.getInstance(good.entries().get(BLOCK));
        SignedData data = SignedData.getInstance(block.getContent());
        ASN1EncodableVector signers = new ASN1EncodableVector();
        for (int i = 0; i < count; i++) {
            signers.add(data.getSignerInfos().getObjectAt(0));
        }
        SignedData other = new SignedData(
                data.getVersion(),
                data.getDigestAlgorithms(),
                data.getEncapContentInfo(),
                data.getCertificates(),
                data.getCRLs(),
                new DERSet(signers));
        byte[] encoded = new ContentInfo(block.getContentType(), other).getEncoded("DER");

        assertInvalid(good.with(BLOCK, encoded).archive(), count + " signers instead of one");
    }

    @Test
    void refusesABlockWithoutItsSignatureFile() throws Exception {
        assertInvalid(good.without("META-INF/SIGNER.SF").archive(), "without META-INF/SIGNER.SF");
    }

    @Test
    void refusesAJarThatWasCutShort() throws Exception {
        byte[] archive = good.archive();
        for (int length = 0; length < archive.length; length += 97) {
            Path file = file(Arrays.copyOf(archive, length));
            assertThat(JarNames.isJar(file)).isFalse();
        }
    }

    @Test
    void namesSignaturesByWhatJarsignerTakesOfTheLabelUnlessThatIsTaken() {
        assertThat(SignerName.candidates("my release key")).startsWith("MY_RELEA", "MY_RELE1", "MY_RELE2");
        assertThat(SignerName.candidates("k")).startsWith("K", "K1");
        assertThat(SignerName.candidates("")).startsWith("SIGNER", "SIGNER1");
        assertThat(SignerName.candidates("schlüssel ß")).startsWith("SCHL_SSE");
        assertThat(SignerName.candidates("longer than eight"))
                .endsWith("LONGER99")
                .allMatch(name -> name.length() <= 8);
    }
}
