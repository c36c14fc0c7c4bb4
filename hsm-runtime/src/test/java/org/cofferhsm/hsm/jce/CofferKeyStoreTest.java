package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Set;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.jce.TestCertificates.Issuer;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CofferKeyStoreTest {

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

    private static KeyPair pair() throws Exception {
        return KeyPairGenerator.getInstance("EC", COFFER.provider()).generateKeyPair();
    }

    private static X509Certificate selfSigned(String subject, KeyPair pair) throws Exception {
        return TestCertificates.selfSigned(subject, pair, COFFER.provider(), "SHA256withECDSA");
    }

    private KeyPair kept(String alias) throws Exception {
        KeyPair pair = pair();
        store.setKeyEntry(alias, pair.getPrivate(), null, new Certificate[] {selfSigned("CN=" + alias, pair)});
        return pair;
    }

    private static long stored(ObjectClass objectClass) {
        return COFFER.session()
                .find(Attributes.of(Attribute.CLASS, objectClass).with(Attribute.TOKEN, true))
                .list()
                .size();
    }

    @Test
    void turnsASessionKeyIntoATokenKeyUnderTheAlias() throws Exception {
        KeyPair pair = kept("web");
        PrivateKey key = (PrivateKey) store.getKey("web", "ignored".toCharArray());

        assertThat(((CofferKey) key).keyId().isSessionObject()).isFalse();
        Attributes attributes =
                COFFER.session().describe(((CofferKey) key).keyId()).attributes();
        assertThat(attributes.get(Attribute.LABEL)).isEqualTo("web");
        assertThat(attributes.is(Attribute.NEVER_EXTRACTABLE)).isTrue();
        assertThat(attributes.is(Attribute.ALWAYS_SENSITIVE)).isTrue();
        assertThat(attributes.get(Attribute.ID))
                .isEqualTo(SubjectPublicKey.of(pair.getPublic().getEncoded()).identifier());
        assertThat(stored(ObjectClass.PUBLIC_KEY)).isEqualTo(1);
        assertSignsFor(key, store.getCertificate("web"));
    }

    private static void assertSignsFor(PrivateKey key, Certificate certificate) throws Exception {
        Signature signer = Signature.getInstance("SHA256withECDSA", COFFER.provider());
        signer.initSign(key);
        signer.update((byte) 1);
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(certificate);
        verifier.update((byte) 1);
        assertThat(verifier.verify(signer.sign())).isTrue();
    }

    @Test
    void keepsChainsAndCompletesThemBySubjectAndIssuer() throws Exception {
        Issuer root = Issuer.root("CN=Root");
        Issuer subordinate = root.subordinate("CN=Issuing");
        KeyPair pair = pair();
        X509Certificate leaf = subordinate.issue("CN=leaf", pair.getPublic());
        Certificate[] chain = {leaf, subordinate.certificate(), root.certificate()};
        store.setKeyEntry("leaf", pair.getPrivate(), null, chain);

        assertThat(store.getCertificateChain("leaf")).containsExactly(chain);
        assertThat(store.getCertificate("leaf")).isEqualTo(leaf);
        assertThat(Collections.list(store.aliases())).containsExactly("leaf");
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void findsTheIssuerThatSignedAmongNamesakes() throws Exception {
        Issuer right = Issuer.root("CN=Same Name");
        Issuer wrong = Issuer.root("CN=Same Name");
        store.setCertificateEntry("wrong", wrong.certificate());
        store.setCertificateEntry("right", right.certificate());
        KeyPair pair = pair();
        X509Certificate leaf = right.issue("CN=leaf", pair.getPublic());
        store.setKeyEntry("leaf", pair.getPrivate(), null, new Certificate[] {leaf});

        assertThat(store.getCertificateChain("leaf")).containsExactly(leaf, right.certificate());
    }

    @Test
    void sharesTheCertificatesOfIssuersAndDropsThemWithTheLastUser() throws Exception {
        Issuer root = Issuer.root("CN=Shared Root");
        for (String alias : new String[] {"one", "two"}) {
            KeyPair pair = pair();
            store.setKeyEntry(alias, pair.getPrivate(), null, new Certificate[] {
                root.issue("CN=" + alias, pair.getPublic()), root.certificate()
            });
        }
        assertThat(stored(ObjectClass.CERTIFICATE)).isEqualTo(3);

        store.deleteEntry("one");
        assertThat(store.getCertificateChain("two")).hasSize(2);
        store.deleteEntry("two");
        assertThat(stored(ObjectClass.CERTIFICATE)).isZero();
        assertThat(stored(ObjectClass.PRIVATE_KEY)).isZero();
        assertThat(stored(ObjectClass.PUBLIC_KEY)).isZero();
    }

    @Test
    void replacesTheChainOfAKeyWhenTheReplyComes() throws Exception {
        KeyPair pair = kept("web");
        Issuer root = Issuer.root("CN=CA");
        X509Certificate reply = root.issue("CN=web", pair.getPublic());
        PrivateKey key = (PrivateKey) store.getKey("web", null);
        store.setKeyEntry("web", key, null, new Certificate[] {reply, root.certificate()});

        assertThat(store.getKey("web", null)).isEqualTo(key);
        assertThat(store.getCertificateChain("web")).containsExactly(reply, root.certificate());
        assertThat(stored(ObjectClass.CERTIFICATE)).isEqualTo(2);
    }

    @Test
    void refusesTheCertificateOfAnotherKey() throws Exception {
        KeyPair pair = kept("web");
        KeyPair other = pair();
        PrivateKey key = (PrivateKey) store.getKey("web", null);

        assertThatThrownBy(() -> store.setKeyEntry("web", key, null, new Certificate[] {selfSigned("CN=other", other)}))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("another key");
        assertThat(store.getCertificate("web").getPublicKey()).isEqualTo(pair.getPublic());
    }

    @Test
    void refusesTheCertificateOfAnotherRsaKeyEvenWithoutThePublicHalf() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", COFFER.provider());
        generator.initialize(2048);
        KeyPair mine = generator.generateKeyPair();
        COFFER.session().destroy(((CofferKey) mine.getPublic()).keyId());
        X509Certificate other =
                Issuer.root("CN=x").issue("CN=y", generator.generateKeyPair().getPublic());

        assertThatThrownBy(() -> store.setKeyEntry("web", mine.getPrivate(), null, new Certificate[] {other}))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("another key");
        assertThat(store.size()).isZero();
    }

    /** Pitfall 2. */
    @Test
    void refusesSoftwareKeysAndSaysWhatToAdd() throws Exception {
        KeyPair software = KeyPairGenerator.getInstance("EC", "SunEC").generateKeyPair();
        X509Certificate certificate = Issuer.root("CN=x").issue("CN=y", software.getPublic());

        assertThatThrownBy(
                        () -> store.setKeyEntry("soft", software.getPrivate(), null, new Certificate[] {certificate}))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("add -providername Coffer");
        assertThat(stored(ObjectClass.CERTIFICATE)).isZero();
    }

    /** Pitfall 10. */
    @Test
    void refusesSoftwareSecretKeys() {
        assertThatThrownBy(() -> store.setKeyEntry("soft", new SecretKeySpec(new byte[32], "AES"), null, null))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("generate-symmetric");
        assertThatThrownBy(() -> store.setKeyEntry("soft", new byte[32], null)).isInstanceOf(KeyStoreException.class);
        assertThat(stored(ObjectClass.SECRET_KEY)).isZero();
    }

    @Test
    void refusesKeysOfAnotherProviderOfOurs() throws Exception {
        CofferProvider other = CofferProvider.of(COFFER.session());
        SecretKey key = KeyGenerator.getInstance("AES", other).generateKey();

        assertThatThrownBy(() -> store.setKeyEntry("x", key, null, null)).isInstanceOf(KeyStoreException.class);
    }

    @Test
    void keepsSecretKeys() throws Exception {
        SecretKey key = KeyGenerator.getInstance("AES", COFFER.provider()).generateKey();
        store.setEntry("aes", new KeyStore.SecretKeyEntry(key), new KeyStore.PasswordProtection(new char[0]));

        assertThat(store.isKeyEntry("aes")).isTrue();
        assertThat(store.entryInstanceOf("aes", KeyStore.SecretKeyEntry.class)).isTrue();
        assertThat(store.getKey("aes", null).getAlgorithm()).isEqualTo("AES");
        assertThat(store.getCertificateChain("aes")).isNull();
        assertThat(((KeyStore.SecretKeyEntry) store.getEntry("aes", null)).getSecretKey())
                .isEqualTo(store.getKey("aes", null));
    }

    @Test
    void neverOverwritesAKey() throws Exception {
        kept("web");
        KeyPair other = pair();

        assertThatThrownBy(() -> store.setKeyEntry(
                        "web", other.getPrivate(), null, new Certificate[] {selfSigned("CN=other", other)}))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("delete that first");
        assertThatThrownBy(() ->
                        store.setCertificateEntry("web", Issuer.root("CN=x").certificate()))
                .isInstanceOf(KeyStoreException.class);
        assertThat(stored(ObjectClass.PRIVATE_KEY)).isEqualTo(1);
    }

    @Test
    void renamesATokenKeyThatIsGivenAnotherAlias() throws Exception {
        kept("old");
        PrivateKey key = (PrivateKey) store.getKey("old", null);
        Certificate[] chain = store.getCertificateChain("old");
        store.setKeyEntry("new", key, null, chain);

        assertThat(Collections.list(store.aliases())).containsExactly("new");
        assertThat(store.getKey("new", null)).isEqualTo(key);
        assertThat(store.getCertificateChain("new")).containsExactly(chain);
        assertThat(store.containsAlias("old")).isFalse();
        assertThat(stored(ObjectClass.CERTIFICATE)).isEqualTo(1);
    }

    @Test
    void storesReplacesAndDeletesTrustedCertificates() throws Exception {
        X509Certificate first = Issuer.root("CN=Trusted").certificate();
        X509Certificate second = Issuer.root("CN=Trusted").certificate();
        store.setCertificateEntry("ca", first);
        store.setCertificateEntry("ca", second);

        assertThat(store.isCertificateEntry("ca")).isTrue();
        assertThat(store.isKeyEntry("ca")).isFalse();
        assertThat(store.getCertificate("ca")).isEqualTo(second);
        assertThat(store.getCertificateAlias(second)).isEqualTo("ca");
        assertThat(store.getCertificateAlias(first)).isNull();
        assertThat(store.getEntry("ca", null)).isInstanceOf(KeyStore.TrustedCertificateEntry.class);
        assertThat(stored(ObjectClass.CERTIFICATE)).isEqualTo(1);

        store.deleteEntry("ca");
        assertThat(store.size()).isZero();
    }

    @Test
    void keepsTheChainOfAKeyWhenTheTrustedCertificateGoes() throws Exception {
        Issuer root = Issuer.root("CN=Both");
        store.setCertificateEntry("ca", root.certificate());
        KeyPair pair = pair();
        store.setKeyEntry("web", pair.getPrivate(), null, new Certificate[] {
            root.issue("CN=web", pair.getPublic()), root.certificate()
        });
        store.deleteEntry("ca");

        assertThat(store.getCertificateChain("web")).hasSize(2);
    }

    @Test
    void keepsOnlyTheTrustedCertificateWhenTheKeyGoes() throws Exception {
        Issuer root = Issuer.root("CN=Stays");
        store.setCertificateEntry("ca", root.certificate());
        KeyPair pair = pair();
        store.setKeyEntry("web", pair.getPrivate(), null, new Certificate[] {
            root.issue("CN=web", pair.getPublic()), root.certificate()
        });
        store.deleteEntry("web");

        assertThat(store.getCertificate("ca")).isEqualTo(root.certificate());
        assertThat(stored(ObjectClass.CERTIFICATE)).isEqualTo(1);
        store.deleteEntry("ca");
        assertThat(stored(ObjectClass.CERTIFICATE)).isZero();
    }

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
    void givesAKeyMadeElsewhereItsFirstCertificate() throws Exception {
        COFFER.session()
                .generate(KeyPairTemplate.ec(Curve.P256).labelled("bare").allowing(Usage.SIGN, Usage.VERIFY));
        PrivateKey key = (PrivateKey) store.getKey("bare", null);
        KeyPair pair = new KeyPair(
                new KeyHandles(COFFER.provider().connection())
                        .publicKey(COFFER.session()
                                .find("bare")
                                .of(ObjectClass.PUBLIC_KEY)
                                .one()),
                key);
        store.setKeyEntry("bare", key, null, new Certificate[] {selfSigned("CN=bare", pair)});

        assertThat(store.getCertificate("bare").getPublicKey()).isEqualTo(pair.getPublic());
        assertThat(store.getKey("bare", null)).isEqualTo(key);
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

    @Test
    void ignoresTheStreamAndStoresNothing() throws Exception {
        store.load(new ByteArrayInputStream(new byte[] {1, 2, 3}), null);
        store.store(null, null);
        store.store(null);

        assertThat(store.containsAlias("nobody")).isFalse();
        assertThat(store.getKey("nobody", null)).isNull();
        assertThat(store.getCertificate("nobody")).isNull();
        assertThat(store.getCreationDate("nobody")).isNull();
        store.deleteEntry("nobody");
    }

    @Test
    void saysWhenTheCertificateBegan() throws Exception {
        kept("web");

        assertThat(store.getCreationDate("web"))
                .isEqualTo(((X509Certificate) store.getCertificate("web")).getNotBefore());
    }

    @Test
    void entersAndLeavesThroughJavasEntries() throws Exception {
        kept("web");
        KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) store.getEntry("web", null);
        store.setEntry("web2", entry, null);

        assertThat(Set.copyOf(Collections.list(store.aliases()))).isEqualTo(Set.of("web2"));
        assertThat(store.entryInstanceOf("web2", KeyStore.PrivateKeyEntry.class))
                .isTrue();
        assertThat(store.entryInstanceOf("web2", KeyStore.TrustedCertificateEntry.class))
                .isFalse();
    }
}
