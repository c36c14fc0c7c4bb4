package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.cofferhsm.hsm.jce.TestCertificates.Issuer;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.Test;

/** Chains of keys, and trusted certificates. */
class KeyStoreCertificatesTest extends KeyStoreTests {

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
    void saysWhenTheCertificateBegan() throws Exception {
        kept("web");

        assertThat(store.getCreationDate("web"))
                .isEqualTo(((X509Certificate) store.getCertificate("web")).getNotBefore());
    }
}
