package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CertifiedKeyTest {

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    private KeyStore store;

    @BeforeEach
    void load() throws Exception {
        store = KeyStore.getInstance("Coffer", COFFER.provider());
        store.load(null, null);
    }

    @AfterEach
    void empty() {
        COFFER.session()
                .find(Attributes.NONE)
                .with(Attributes.of(Attribute.OWNER, "alice"))
                .ids()
                .forEach(COFFER.session()::destroy);
    }

    private X509Certificate kept(String alias) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC", COFFER.provider()).generateKeyPair();
        X509Certificate certificate =
                TestCertificates.selfSigned("CN=" + alias, pair, COFFER.provider(), "SHA256withECDSA");
        store.setKeyEntry(alias, pair.getPrivate(), null, new Certificate[] {certificate});
        return certificate;
    }

    private static void makeOthers() {
        COFFER.session().generate(KeyPairTemplate.ec(Curve.P256).labelled("bare"));
        COFFER.session().generate(KeyTemplate.aes(256).labelled("secret"));
    }

    @Test
    void listsWhatTheKeyStoreCallsPrivateKeyEntriesInTheOrderOfTheirLabels() throws Exception {
        X509Certificate second = kept("second");
        X509Certificate first = kept("first");
        makeOthers();

        assertThat(CertifiedKey.all(COFFER.session()))
                .extracting(CertifiedKey::alias)
                .containsExactly("first", "second");
        assertThat(CertifiedKey.all(COFFER.session()))
                .extracting(key -> key.chain().get(0))
                .containsExactly(first, second);
    }

    @Test
    void namesThePrivateKeyByItsReference() throws Exception {
        kept("release");

        assertThat(CertifiedKey.find(COFFER.session(), "release"))
                .get()
                .extracting(CertifiedKey::key)
                .isEqualTo(((CofferKey) store.getKey("release", null)).keyId());
    }

    @Test
    void findsNothingUnderTheAliasOfAnotherEntryOrOfNone() {
        makeOthers();

        assertThat(CertifiedKey.find(COFFER.session(), "bare")).isEmpty();
        assertThat(CertifiedKey.find(COFFER.session(), "secret")).isEmpty();
        assertThat(CertifiedKey.find(COFFER.session(), "nobody")).isEmpty();
    }

    @Test
    void refusesALabelThatSeveralEntriesHave() {
        makeOthers();
        makeOthers();

        assertThatThrownBy(() -> CertifiedKey.find(COFFER.session(), "bare"))
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEY_AMBIGUOUS));
    }
}
