package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Date;
import org.cofferhsm.hsm.jce.TestCertificates.Issuer;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.Test;

/** Which objects of a module are entries, and what they are called. */
class KeyStoreAliasesTest extends KeyStoreTests {

    @Test
    void doesNotTrustCertificatesThatOthersStored() throws Exception {
        Issuer planted = Issuer.root("CN=Planted");
        try (Session bob = COFFER.module().bob()) {
            KeyId id = bob.create(
                    Attributes.of(Attribute.CLASS, ObjectClass.CERTIFICATE).with(Attribute.LABEL, "planted"),
                    planted.certificate().getEncoded());
            try {
                assertThat(store.containsAlias("planted")).isFalse();
                assertThat(Collections.list(store.aliases())).isEmpty();
            } finally {
                bob.destroy(id);
            }
        }
    }

    @Test
    void doesNotTakeACertificateForItsKeyThatOthersStored() throws Exception {
        KeyPair pair = kept("web");
        X509Certificate planted = Issuer.root("CN=Evil").issue("CN=web", pair.getPublic());
        try (Session bob = COFFER.module().bob()) {
            KeyId id = bob.create(
                    Attributes.of(Attribute.CLASS, ObjectClass.CERTIFICATE)
                            .with(Attribute.LABEL, "web")
                            .with(
                                    Attribute.ID,
                                    SubjectPublicKey.of(pair.getPublic().getEncoded())
                                            .identifier()),
                    planted.getEncoded());
            try {
                assertThat(store.getCertificate("web")).isNotEqualTo(planted);
            } finally {
                bob.destroy(id);
            }
        }
    }

    @Test
    void usesASharedKeyWithItsOwnersCertificate() throws Exception {
        kept("shared");
        KeyId id = ((CofferKey) store.getKey("shared", null)).keyId();
        COFFER.session().share(id, "bob");
        try (Session bob = COFFER.module().bob()) {
            CofferProvider provider = CofferProvider.of(bob);
            KeyStore theirs = KeyStore.getInstance("Coffer", provider);
            theirs.load(null, null);

            assertThat(theirs.getCertificate("shared")).isEqualTo(store.getCertificate("shared"));
            assertThatThrownBy(() -> theirs.deleteEntry("shared")).isInstanceOf(KeyStoreException.class);
        }
        assertThat(store.containsAlias("shared")).isTrue();
    }

    @Test
    void tellsEntriesOfTheSameLabelApart() throws Exception {
        KeyTemplate template = KeyTemplate.aes(128).labelled("twice").allowing(Usage.ENCRYPT);
        KeyId first = COFFER.session().generate(template);
        KeyId second = COFFER.session().generate(template);

        assertThat(Collections.list(store.aliases())).containsExactlyInAnyOrder("twice#" + first, "twice#" + second);
        assertThat(((CofferKey) store.getKey("twice#" + second, null)).keyId()).isEqualTo(second);
        assertThatThrownBy(() -> store.getKey("twice", null))
                .isInstanceOf(UnrecoverableKeyException.class)
                .hasMessageContaining("twice#" + first);
        assertThatThrownBy(() -> store.isKeyEntry("twice")).isInstanceOf(ProviderException.class);

        store.deleteEntry("twice#" + first);
        assertThat(((CofferKey) store.getKey("twice", null)).keyId()).isEqualTo(second);
    }

    @Test
    void showsKeysWithoutALabelByTheirReference() throws Exception {
        KeyId id = COFFER.session().generate(KeyTemplate.aes(128).allowing(Usage.ENCRYPT));

        assertThat(Collections.list(store.aliases())).containsExactly("#" + id);
        assertThat(store.containsAlias("#" + id)).isTrue();
        assertThat(store.containsAlias("")).isFalse();
        assertThat(store.containsAlias("#0x00")).isFalse();
        assertThat(store.containsAlias("other#" + id)).isFalse();
    }

    @Test
    void showsPrivateKeysThatHaveNoCertificateYet() throws Exception {
        COFFER.session().generate(KeyPairTemplate.rsa(2048).labelled("bare").allowing(Usage.SIGN, Usage.VERIFY));

        assertThat(store.entryInstanceOf("bare", KeyStore.PrivateKeyEntry.class))
                .isTrue();
        assertThat(store.getKey("bare", null)).isInstanceOf(PrivateKey.class);
        assertThat(store.getCertificateChain("bare")).isNull();
        assertThat(store.getCertificate("bare")).isNull();
        assertThat(store.getCreationDate("bare")).isEqualTo(new Date(0));
        assertThatThrownBy(() -> store.getEntry("bare", null))
                .isInstanceOf(UnrecoverableKeyException.class)
                .hasMessageContaining("no certificate yet");
    }

    @Test
    void showsNoSessionObjects() throws Exception {
        COFFER.session()
                .generate(KeyTemplate.aes(128)
                        .labelled("passing")
                        .allowing(Usage.ENCRYPT)
                        .forSession());

        assertThat(store.containsAlias("passing")).isFalse();
        assertThat(store.size()).isZero();
    }
}
