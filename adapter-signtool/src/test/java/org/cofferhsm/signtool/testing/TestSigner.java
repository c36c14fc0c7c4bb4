package org.cofferhsm.signtool.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.signing.Signatory;

/**
 * Somebody with a key in software, for tests of what is not about the module.
 *
 * @param chain the own certificate first, the root last
 */
public record TestSigner(PrivateKey privateKey, List<X509Certificate> chain) implements Signatory {

    /** An authority that trusts itself. */
    public static TestSigner root(String name, KeyPair pair) {
        return new TestSigner(
                pair.getPrivate(),
                List.of(TestCertificate.of(name, pair.getPublic()).selfSigned(pair.getPrivate())));
    }

    /** An authority with a new key. */
    public static TestSigner root() {
        return root("Example Root", TestCertificate.ec("secp256r1"));
    }

    /** A signer of code under a root of its own. */
    public static TestSigner ofCode(KeyPair pair) {
        return root().issueForCode(pair);
    }

    /** Somebody that this one certifies. */
    public TestSigner issue(PrivateKey key, TestCertificate certificate) {
        return new TestSigner(
                key,
                Stream.concat(Stream.of(certificate.issuedBy(this)), chain.stream())
                        .toList());
    }

    /** A signer of code that this one certifies. */
    public TestSigner issueForCode(KeyPair pair) {
        return issue(
                pair.getPrivate(),
                TestCertificate.of("Example Releases", pair.getPublic()).forCode());
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The last certificate of the chain. */
    public X509Certificate anchor() {
        return chain.get(chain.size() - 1);
    }

    /** Signs what a file holds now; the file is left alone. */
    public AuthenticodeSignature signature(Path file, ContentOptions options) throws IOException {
        try (OpenFile open = OpenFile.read(file)) {
            PreparedSignature prepared = SignatureTemplate.of(chain.subList(0, chain.size() - 1), options.digest())
                    .prepare(open.content().content(options));
            return prepared.complete(sign(prepared));
        }
    }

    /** Signs a file with SHA-256. */
    public Path signInPlace(Path file) throws IOException {
        SignatureWriter.replace(file, signature(file, ContentOptions.of(DigestAlgorithm.SHA256)));
        return file;
    }

    @Override
    public byte[] sign(PreparedSignature prepared) {
        return sign(prepared.digestAlgorithm(), prepared.toBeSigned());
    }

    /** The signature as CMS has it. */
    public byte[] sign(DigestAlgorithm digest, byte[] data) {
        try {
            String scheme = privateKey.getAlgorithm().equals("RSA") ? "withRSA" : "withECDSA";
            Signature signature = Signature.getInstance(digest.name() + scheme);
            signature.initSign(privateKey);
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The own certificate, then its issuers, in PEM. */
    public Path writeChain(Path file) {
        return writePem(file, chain.toArray());
    }

    /** The root alone, in PEM: what a verifier trusts. */
    public Path writeRoot(Path file) {
        return writePem(file, anchor());
    }

    /** The key in PEM, for programs that sign. */
    public Path writeKey(Path file) {
        return writePem(file, new PemObject("PRIVATE KEY", privateKey.getEncoded())); // PKCS#8
    }

    private static Path writePem(Path file, Object... objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
            writer.flush();
            return Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
