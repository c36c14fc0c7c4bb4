package org.cofferhsm.hsm.jce;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A module for all tests of a class, and alice's key store in it, empty before each. */
abstract class KeyStoreTests {

    @RegisterExtension
    static final ModuleExtension COFFER = new ModuleExtension();

    KeyStore store;

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

    static KeyPair pair() throws Exception {
        return KeyPairGenerator.getInstance("EC", COFFER.provider()).generateKeyPair();
    }

    static X509Certificate selfSigned(String subject, KeyPair pair) throws Exception {
        return TestCertificates.selfSigned(subject, pair, COFFER.provider(), "SHA256withECDSA");
    }

    KeyPair kept(String alias) throws Exception {
        KeyPair pair = pair();
        store.setKeyEntry(alias, pair.getPrivate(), null, new Certificate[] {selfSigned("CN=" + alias, pair)});
        return pair;
    }

    static long stored(ObjectClass objectClass) {
        return COFFER.session()
                .find(Attributes.of(Attribute.CLASS, objectClass).with(Attribute.TOKEN, true))
                .list()
                .size();
    }
}
