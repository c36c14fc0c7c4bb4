package org.cofferhsm.hsm.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.SoftHsm;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenImportTest {

    private static final Octets ID = Octets.ofHex("0a0b");
    private static final byte[] MESSAGE = "what is signed".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private SoftHsm softHsm;
    private ModuleFixture module;
    private Session session;

    @BeforeEach
    void open() throws IOException {
        SoftHsm.make(directory, "old");
        softHsm = SoftHsm.open("old");
        module = ModuleFixture.in(directory.resolve("module"));
        session = module.alice();
    }

    @AfterEach
    void close() {
        session.close();
        module.close();
        softHsm.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void bringsAnAesKeyWithItsUses(int bytes) {
        softHsm.secretKey(
                MechanismType.AES_KEY_GEN,
                bytes,
                "aes",
                CryptokiAttribute.octets(Attribute.ID, ID),
                CryptokiAttribute.flag(Attribute.ENCRYPT, true),
                CryptokiAttribute.flag(Attribute.DECRYPT, false));

        Outcome.Imported imported = imported(only(run()));

        assertThat(imported.how()).isEqualTo("RSA_PKCS_OAEP with SHA-1");
        assertThat(imported.proof()).isEqualTo("check value");
        Attributes here = session.describe(imported.key()).attributes();
        assertThat(here.get(Attribute.VALUE_LENGTH)).isEqualTo(bytes);
        assertThat(here.get(Attribute.LABEL)).isEqualTo("aes");
        assertThat(here.get(Attribute.ID)).isEqualTo(ID);
        assertThat(here.is(Attribute.ENCRYPT)).isTrue();
        assertThat(here.is(Attribute.DECRYPT)).isFalse();
        assertThat(here.is(Attribute.EXTRACTABLE)).isTrue();
    }

    @Test
    void bringsASecretThatIsTooLongForOaepInTwoSteps() {
        softHsm.secretKey(
                MechanismType.GENERIC_SECRET_KEY_GEN, 400, "long", CryptokiAttribute.flag(Attribute.SIGN, true));

        Outcome.Imported imported = imported(only(run()));

        assertThat(imported.how()).contains("OAEP with SHA-1 and AES key wrap (0x210a)");
        assertThat(session.describe(imported.key()).attributes().get(Attribute.VALUE_LENGTH))
                .isEqualTo(400);
    }

    @Test
    void bringsAnRsaPairThatSignsAsBefore() {
        softHsm.rsa2048("rsa", ID);

        assertThat(keysOf(run()))
                .allSatisfy(item -> assertThat(imported(item).changes()).isEmpty());
        assertThat(signedByOneVerifiedByTheOther("rsa", Algorithm.SHA256_RSA_PKCS))
                .isTrue();
    }

    @Test
    void bringsAnEllipticPairThatSignsAsBefore() {
        softHsm.p256("ec", ID);

        List<ImportReport.Item> items = keysOf(run());

        assertThat(imported(items.get(0)).how()).contains("AES key wrap");
        assertThat(imported(items.get(0)).proof()).isEqualTo("signature");
        assertThat(imported(items.get(1)).how()).isEqualTo("in the clear");
        assertThat(signedByOneVerifiedByTheOther("ec", Algorithm.ECDSA_SHA256)).isTrue();
    }

    @Test
    void comparesCheckValuesWhereTheKeyMayNotSign() {
        softHsm.p256(
                "agreement",
                ID,
                CryptokiAttribute.flag(Attribute.SIGN, false),
                CryptokiAttribute.flag(Attribute.DERIVE, true));

        assertThat(imported(run().items().get(0)).proof()).isEqualTo("check value");
    }

    @Test
    void bringsDataAndCertificatesAsTheyAre() throws Exception {
        X509Certificate made = TestCertificate.selfSigned();
        byte[] certificate = made.getEncoded();
        softHsm.data("notes", MESSAGE);
        softHsm.certificate("site", ID, Octets.of(made.getSubjectX500Principal().getEncoded()), certificate);

        assertThat(run().items())
                .hasSize(2)
                .allSatisfy(item -> assertThat(imported(item).changes()).isEmpty());

        assertThat(session.value(session.find("notes").one())).isEqualTo(MESSAGE);
        assertThat(session.value(session.find("site").one())).isEqualTo(certificate);
        assertThat(session.describe(session.find("notes").one()).attributes().get(Attribute.APPLICATION))
                .isEqualTo("a test");
    }

    @Test
    void leavesWhatCannotLeaveAndSaysWhy() {
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "stays", CryptokiAttribute.flag(Attribute.EXTRACTABLE, false));
        softHsm.secretKey(
                MechanismType.AES_KEY_GEN, 32, "trusting", CryptokiAttribute.flag(Attribute.WRAP_WITH_TRUSTED, true));
        softHsm.des3("old-fashioned");

        ImportReport report = run();

        assertThat(report.complete()).isTrue();
        assertThat(report.items())
                .extracting(item -> item.label() + ": " + ((Outcome.Left) item.outcome()).why())
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).startsWith("stays: it is not extractable"),
                        text -> assertThat(text).startsWith("trusting: it leaves under trusted keys only"),
                        text -> assertThat(text).startsWith("old-fashioned: Coffer has no keys of this type"));
        assertThat(session.find(Attributes.NONE).list()).isEmpty();
    }

    @Test
    void tellsWhatIsOtherwiseHere() {
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "open", CryptokiAttribute.flag(Attribute.SENSITIVE, false));

        assertThat(imported(only(run())).changes()).containsExactly("sensitive was false, is true");
    }

    @Test
    void failsForOneAndGoesOnWithTheOthers() {
        softHsm.secretKey(MechanismType.GENERIC_SECRET_KEY_GEN, 8, "too-short");
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "good");

        ImportReport report = run();

        assertThat(report.complete()).isFalse();
        assertThat(report.items()).extracting(ImportReport.Item::label).contains("too-short", "good");
        assertThat(session.find(Attributes.NONE).list())
                .extracting(info -> info.label())
                .containsExactly("good");
    }

    /** SoftHSM stores any number for a modulus. */
    @Test
    void failsForAPublicKeyThatIsNoneAndGoesOnWithTheOthers() {
        softHsm.session()
                .create(List.of(
                        CryptokiAttribute.of(ObjectClass.PUBLIC_KEY),
                        CryptokiAttribute.of(KeyType.RSA),
                        CryptokiAttribute.flag(Attribute.TOKEN, true),
                        CryptokiAttribute.text(Attribute.LABEL, "no-key"),
                        CryptokiAttribute.octets(Attribute.MODULUS, Octets.ofHex("8001")),
                        CryptokiAttribute.octets(Attribute.PUBLIC_EXPONENT, Octets.ofHex("010001"))));
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "good");

        ImportReport report = run();

        assertThat(report.items())
                .filteredOn(item -> item.label().equals("no-key"))
                .extracting(ImportReport.Item::outcome)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.toString()).contains("no RSA public key"));
        assertThat(session.find(Attributes.NONE).list())
                .extracting(info -> info.label())
                .containsExactly("good");
    }

    @Test
    void leavesNoTemporaryObjectOnEitherSide() {
        softHsm.secretKey(MechanismType.GENERIC_SECRET_KEY_GEN, 8, "fails");
        softHsm.p256("ec", ID);

        run();

        assertThat(softHsm.session().find(List.of(CryptokiAttribute.text(Attribute.LABEL, TemporaryKeys.LABEL))))
                .isEmpty();
        assertThat(session.find(Attributes.of(Attribute.TOKEN, false)).list()).isEmpty();
    }

    @Test
    void bringsNothingTwice() {
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "aes");
        softHsm.rsa2048("rsa", ID);
        softHsm.data("notes", MESSAGE);
        run();

        ImportReport again = run();

        assertThat(again.items())
                .hasSize(4)
                .allSatisfy(item -> assertThat(item.outcome()).isInstanceOf(Outcome.Left.class));
        assertThat(session.find(Attributes.NONE).list()).hasSize(4);
    }

    @Test
    void bringsAnotherKeyOfTheSameLabel() {
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "aes");
        run();
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "aes");

        run();

        assertThat(session.find("aes").list()).hasSize(2);
    }

    @Test
    void plansWithoutTouchingAnything() {
        softHsm.rsa2048("rsa", ID);
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "stays", CryptokiAttribute.flag(Attribute.EXTRACTABLE, false));

        ImportReport plan =
                TokenImport.plan(session, softHsm.session(), softHsm.token().mechanisms(), Set.of());

        assertThat(plan.items())
                .extracting(item -> item.outcome().getClass().getSimpleName())
                .containsExactlyInAnyOrder("Planned", "Planned", "Left");
        assertThat(session.find(Attributes.NONE).list()).isEmpty();
    }

    @Test
    void bringsOnlyTheLabelsAskedFor() {
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "one");
        softHsm.secretKey(MechanismType.AES_KEY_GEN, 32, "two");

        TokenImport.run(session, softHsm.session(), softHsm.token().mechanisms(), Set.of("two"));

        assertThat(session.find(Attributes.NONE).list())
                .extracting(info -> info.label())
                .containsExactly("two");
    }

    private ImportReport run() {
        return TokenImport.run(session, softHsm.session(), softHsm.token().mechanisms(), Set.of());
    }

    private static ImportReport.Item only(ImportReport report) {
        assertThat(report.items()).hasSize(1);
        return report.items().get(0);
    }

    private static List<ImportReport.Item> keysOf(ImportReport report) {
        assertThat(report.items())
                .extracting(ImportReport.Item::objectClass)
                .containsExactly("private-key", "public-key");
        return report.items();
    }

    private static Outcome.Imported imported(ImportReport.Item item) {
        assertThat(item.outcome()).isInstanceOf(Outcome.Imported.class);
        return (Outcome.Imported) item.outcome();
    }

    private boolean signedByOneVerifiedByTheOther(String label, Algorithm algorithm) {
        byte[] signature =
                session.sign(session.find(label).of(ObjectClass.PRIVATE_KEY).one(), algorithm, MESSAGE);
        return session.verify(session.find(label).of(ObjectClass.PUBLIC_KEY).one(), algorithm, MESSAGE, signature);
    }
}
