package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.Certificate;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.junit.jupiter.api.Test;

class CertifiedKeyTest extends KeyStoreTests {

    private static void makeOthers() {
        COFFER.session().generate(KeyPairTemplate.ec(Curve.P256).labelled("bare"));
        COFFER.session().generate(KeyTemplate.aes(256).labelled("secret"));
    }

    @Test
    void listsWhatTheKeyStoreCallsPrivateKeyEntriesInTheOrderOfTheirLabels() throws Exception {
        kept("second");
        kept("first");
        makeOthers();

        assertThat(CertifiedKey.all(COFFER.session()))
                .extracting(CertifiedKey::alias)
                .containsExactly("first", "second");
        assertThat(CertifiedKey.all(COFFER.session()))
                .extracting(key -> (Certificate) key.chain().get(0))
                .containsExactly(store.getCertificate("first"), store.getCertificate("second"));
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
