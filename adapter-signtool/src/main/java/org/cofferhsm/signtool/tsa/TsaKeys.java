package org.cofferhsm.signtool.tsa;

import static org.cofferhsm.hsm.key.Usage.SIGN;
import static org.cofferhsm.hsm.key.Usage.VERIFY;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.jce.CofferKeyPairSpec;
import org.cofferhsm.hsm.jce.CofferProvider;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.session.Session;

/** Makes an authority's key in the module and puts its certificate beside it. */
public final class TsaKeys {

    private final Provider provider;
    private final KeyStore store;

    public TsaKeys(Session session) {
        provider = CofferProvider.of(session);
        try {
            store = KeyStore.getInstance("Coffer", provider);
            store.load(null, null);
        } catch (IOException | GeneralSecurityException e) {
            throw HsmException.internal("the Coffer key store cannot be opened").causedBy(e);
        }
    }

    /** What can go wrong with the JCA or Bouncy Castle. */
    private interface Work<T> {
        T run() throws GeneralSecurityException, IOException, OperatorCreationException;
    }

    private static <T> T guarded(String label, Work<T> work) {
        try {
            return work.run();
        } catch (ProviderException e) { // the module's own refusals travel in these
            throw e.getCause() instanceof HsmException refusal ? refusal : e;
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw HsmException.internal("the key \"" + label + "\" cannot be made or read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** Makes a key pair and a certificate that it signs itself, valid for ten years. */
    public X509Certificate make(String label, KeyPairTemplate kind, X500Principal name) {
        return guarded(label, () -> {
            if (store.containsAlias(label)) {
                throw HsmException.argumentInvalid("there is a key or certificate labelled \"" + label
                        + "\" already; choose another --label, or leave --subject and --key-type out");
            }
            KeyPair pair = generate(label, kind);
            X509Certificate certificate =
                    new TsaCertificate(name, pair).selfSigned(signer(pair.getPrivate()), Instant.now());
            store.setKeyEntry(label, pair.getPrivate(), null, new Certificate[] {certificate});
            return certificate;
        });
    }

    private KeyPair generate(String label, KeyPairTemplate kind) throws GeneralSecurityException {
        boolean rsa = kind.privateKey().get(Attribute.KEY_TYPE) == KeyType.RSA;
        KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC", provider);
        generator.initialize(new CofferKeyPairSpec(kind.labelled(label).allowing(SIGN, VERIFY)));
        return generator.generateKeyPair();
    }

    private ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaContentSignerBuilder(algorithm).setProvider(provider).build(key);
    }

    /** A request for a certificate (PKCS#10, DER) under the name that the present one has. */
    public byte[] request(String label) {
        return guarded(label, () -> {
            X509Certificate present = present(label);
            KeyPair pair = new KeyPair(present.getPublicKey(), privateKey(label));
            return new TsaCertificate(present.getSubjectX500Principal(), pair).request(signer(pair.getPrivate()));
        });
    }

    /**
     * Puts what a CA issued in the place of the present certificate.
     *
     * @param chain the authority's own certificate first, then its issuers
     */
    public void install(String label, List<X509Certificate> chain) {
        X509Certificate issued = chain.get(0);
        TsaKey.requireFit(issued);
        TsaKey.requireCurrent(issued, Clock.systemUTC().instant());
        guarded(label, () -> {
            if (!present(label).getPublicKey().equals(issued.getPublicKey())) {
                throw HsmException.argumentInvalid("the certificate of \"" + issued.getSubjectX500Principal()
                        + "\" was issued for another key than \"" + label + "\"");
            }
            store.setKeyEntry(label, privateKey(label), null, chain.toArray(Certificate[]::new));
            return label;
        });
    }

    /** The certificate that is beside the key now. */
    public X509Certificate certificate(String label) {
        return guarded(label, () -> present(label));
    }

    private X509Certificate present(String label) throws GeneralSecurityException {
        if (store.getCertificate(label) instanceof X509Certificate certificate) {
            return certificate;
        }
        throw HsmException.keyNotFound("no key pair of this user has a certificate and the label \"" + label + "\"");
    }

    private PrivateKey privateKey(String label) throws GeneralSecurityException {
        if (store.getKey(label, null) instanceof PrivateKey key) {
            return key;
        }
        throw HsmException.keyNotFound("no private key of this user has the label \"" + label + "\"");
    }
}
