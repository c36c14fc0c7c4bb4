package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Apart from the other key store tests, since nothing removes such a key again. */
class UndestroyableKeyTest {

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    @Test
    void staysWithItsPublicHalfAndItsCertificates() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", COFFER.provider());
        generator.initialize(new CofferKeyPairSpec(KeyPairTemplate.rsa(2048)
                .allowing(Usage.SIGN, Usage.VERIFY)
                .withPrivate(Attribute.DESTROYABLE, false)));
        KeyPair pair = generator.generateKeyPair();
        KeyStore store = KeyStore.getInstance("Coffer", COFFER.provider());
        store.load(null, null);
        store.setKeyEntry("precious", pair.getPrivate(), null, new Certificate[] {
            TestCertificates.selfSigned("CN=precious", pair, COFFER.provider(), "SHA256withRSA")
        });

        assertThatThrownBy(() -> store.deleteEntry("precious"))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("destroyable");
        assertThat(store.getCertificateChain("precious")).hasSize(1);
        assertThat(COFFER.session().find("precious").of(ObjectClass.PUBLIC_KEY).list())
                .hasSize(1);
    }

    @Test
    void staysWhenItIsAMasterKeyOfOracle() throws Exception {
        String alias = "ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080";
        COFFER.session().generate(KeyTemplate.aes(256).labelled(alias).allowing(Usage.ENCRYPT, Usage.DECRYPT));
        KeyStore store = KeyStore.getInstance("Coffer", COFFER.provider());
        store.load(null, null);

        assertThatThrownBy(() -> store.deleteEntry(alias))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("destroyable");
        assertThat(store.containsAlias(alias)).isTrue();
    }
}
