package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Set;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.jce.TestCertificates.Issuer;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.junit.jupiter.api.Test;

/** Keys that Java programs put into the key store, and get from it. */
class CofferKeyStoreTest extends KeyStoreTests {

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
