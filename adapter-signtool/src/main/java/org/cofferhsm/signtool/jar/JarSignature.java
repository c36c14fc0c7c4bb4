package org.cofferhsm.signtool.jar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import jdk.security.jarsigner.JarSignerException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.jce.CofferProvider;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SignatureScheme;
import org.cofferhsm.signtool.signing.ModuleKey;

/**
 * How a JAR is signed: by the JDK's signer, whose key is one of the module. Signatures of other keys that the JAR has
 * stay beside the new one, as jarsigner does it.
 *
 * @param chain what goes into the signature block, the key's own certificate first
 * @param digest of the entries and of the signature
 */
public record JarSignature(ModuleKey key, List<X509Certificate> chain, DigestAlgorithm digest) {

    public JarSignature {
        chain = List.copyOf(chain);
    }

    /**
     * Writes the JAR with this signature in it, and no timestamp yet.
     *
     * @param name of the signature's files
     */
    void write(Path jar, String name, OutputStream signed) throws IOException {
        JarSigner signer = signer(name);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            signer.sign(zip, signed);
        } catch (JarSignerException e) {
            throw refusal(jar, e);
        }
    }

    private static HsmException refusal(Path jar, JarSignerException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof HsmException refusal) {
                return refusal;
            }
        }
        return HsmException.dataInvalid(jar + " cannot be signed: " + problem.getMessage())
                .causedBy(problem);
    }

    private JarSigner signer(String name) {
        requireSigner();
        CofferProvider provider = CofferProvider.of(key.session());
        try {
            KeyStore store = KeyStore.getInstance("Coffer", provider);
            store.load(null, null);
            PrivateKey handle = (PrivateKey) store.getKey(key.alias(), null);
            return new JarSigner.Builder(
                            handle, CertificateFactory.getInstance("X.509").generateCertPath(chain))
                    .digestAlgorithm(digest.jcaName())
                    .signatureAlgorithm(digest.name() + "with" + SignatureScheme.of(key.certificate()), provider)
                    .signerName(name)
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw HsmException.internal("the key \"" + key.alias() + "\" cannot be given to the JDK's signer")
                    .causedBy(e);
        }
    }

    private static void requireSigner() {
        if (ModuleLayer.boot().findModule("jdk.jartool").isEmpty()) {
            throw HsmException.argumentInvalid("the Java runtime in " + System.getProperty("java.home")
                    + " cannot sign JARs; run Coffer by a JDK for that");
        }
    }

    /** The signature block that {@link #write} makes. */
    String block(String name) {
        return "META-INF/" + name + (SignatureScheme.of(key.certificate()) == SignatureScheme.RSA ? ".RSA" : ".EC");
    }
}
