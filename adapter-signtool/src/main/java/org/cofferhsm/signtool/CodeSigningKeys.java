package org.cofferhsm.signtool;

import static org.cofferhsm.hsm.key.Usage.SIGN;
import static org.cofferhsm.hsm.key.Usage.VERIFY;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.jce.CofferKeyPairSpec;
import org.cofferhsm.hsm.jce.CofferProvider;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;

/** Code-signing keys and their certificates, under the aliases by which jarsigner and keytool know them. */
public final class CodeSigningKeys {

    private final Session session;
    private final Clock clock;
    private final Provider provider;
    private final KeyStore keyStore;

    public CodeSigningKeys(Session session) {
        this(session, Clock.systemUTC());
    }

    CodeSigningKeys(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
        this.provider = CofferProvider.of(session);
        try {
            keyStore = KeyStore.getInstance("Coffer", provider);
            keyStore.load(null, null);
        } catch (IOException | GeneralSecurityException e) {
            throw HsmException.internal("the Coffer key store cannot be opened").causedBy(e);
        }
    }

    /**
     * The certificate under this alias; without one, a key pair is made in the module and a certificate for code
     * signing that it signs itself, valid for three years. Such a certificate is renewed for the same key once it has
     * ended; one that a CA issued is left alone.
     */
    public X509Certificate findOrCreate(String alias, SigningKey kind, X500Principal name) {
        try {
            boolean hasKey = keyStore.isKeyEntry(alias);
            return hasKey
                            && keyStore.getCertificate(alias) instanceof X509Certificate certificate
                            && !isOver(certificate)
                    ? certificate
                    : certify(alias, kind, name, hasKey ? existing(alias, kind) : make(alias, kind));
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the key \"" + alias + "\" cannot be made or read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private KeyPair make(String alias, SigningKey kind) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.algorithm(), provider);
        generator.initialize(
                new CofferKeyPairSpec(kind.template().labelled(alias).allowing(SIGN, VERIFY)));
        return generator.generateKeyPair();
    }

    private boolean isOver(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())
                && certificate.getNotAfter().toInstant().isBefore(clock.instant());
    }

    /** A key whose certificate has ended, or was never stored because the program ended in between. */
    private KeyPair existing(String alias, SigningKey kind) throws GeneralSecurityException {
        Attributes half = Attributes.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                .with(Attribute.OWNER, session.user().name());
        byte[] encoded = session.value(session.find(alias).with(half).one());
        PublicKey publicKey = KeyFactory.getInstance(kind.algorithm()).generatePublic(new X509EncodedKeySpec(encoded));
        return new KeyPair(publicKey, (PrivateKey) keyStore.getKey(alias, null));
    }

    private X509Certificate certify(String alias, SigningKey kind, X500Principal name, KeyPair pair)
            throws GeneralSecurityException {
        X509Certificate certificate = new SelfSigned(name, pair, clock.instant()).sign(kind.signature(), provider);
        keyStore.setKeyEntry(alias, pair.getPrivate(), null, new Certificate[] {certificate});
        return certificate;
    }
}
