package org.cofferhsm.hsm.jce;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key store {@code Coffer}: the module's keys and certificates, read and changed where they are, so that nothing is
 * loaded or stored. The password of {@code load} is {@code user:pin}; passwords of keys are ignored.
 */
final class CofferKeyStore extends KeyStoreSpi {

    private final Connection connection;

    CofferKeyStore(Connection connection) {
        this.connection = connection;
    }

    private KeyStoreContent content() {
        return new KeyStoreContent(connection);
    }

    @Override
    public void engineLoad(@Nullable InputStream ignored, char @Nullable [] password) throws IOException {
        Failures.loading(() -> {
            if (password == null) {
                connection.login();
                return;
            }
            try (Credentials credentials = Credentials.parse(password)) {
                connection.login(credentials);
            }
        });
    }

    /** Without parameters as {@code load(null, null)}; with them the JDK asks for the password. */
    @Override
    public void engineStore(OutputStream ignored, char @Nullable [] password) {}

    @Override
    public void engineStore(KeyStore.@Nullable LoadStoreParameter ignored) {}

    @Override
    public Enumeration<String> engineAliases() {
        return Collections.enumeration(aliases());
    }

    private List<String> aliases() {
        return Failures.unchecked(() -> content().aliases());
    }

    @Override
    public int engineSize() {
        return aliases().size();
    }

    private Optional<StoreEntry> entry(String alias) {
        return Failures.unchecked(() -> content().entry(alias));
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return entry(alias).isPresent();
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return entry(alias)
                .filter(entry -> !(entry instanceof StoreEntry.CertificateEntry))
                .isPresent();
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return entry(alias)
                .filter(entry -> entry instanceof StoreEntry.CertificateEntry)
                .isPresent();
    }

    @Override
    public boolean engineEntryInstanceOf(String alias, Class<? extends KeyStore.Entry> type) {
        return entry(alias).map(KeyStoreContent::entryType).filter(type::equals).isPresent();
    }

    @Override
    public @Nullable Key engineGetKey(String alias, char @Nullable [] ignored) throws UnrecoverableKeyException {
        return Failures.recovering(() -> content().key(alias)).orElse(null);
    }

    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
        return Failures.unchecked(() -> content().certificate(alias)).orElse(null);
    }

    /** The JCA's way to say that there is no chain is null. */
    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
        List<X509Certificate> chain = Failures.unchecked(() -> content().chain(alias));
        return chain.isEmpty() ? null : chain.toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable Date engineGetCreationDate(String alias) {
        return Failures.unchecked(() -> content().creationDate(alias)).orElse(null);
    }

    @Override
    public @Nullable String engineGetCertificateAlias(@Nullable Certificate certificate) {
        return Failures.unchecked(() -> content().aliasOf(certificate)).orElse(null);
    }

    @Override
    public KeyStore.@Nullable Entry engineGetEntry(String alias, KeyStore.@Nullable ProtectionParameter ignored)
            throws UnrecoverableKeyException {
        return Failures.recovering(() -> content().javaEntry(alias)).orElse(null);
    }

    @Override
    public void engineSetKeyEntry(String alias, Key key, char @Nullable [] ignored, Certificate @Nullable [] chain)
            throws KeyStoreException {
        Failures.storing(() -> new KeyStoreChange(connection).setKey(alias, key, chain));
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate @Nullable [] chain) throws KeyStoreException {
        throw new KeyStoreException("a key in the clear is not imported; import only wrapped (Cipher.unwrap)");
    }

    @Override
    public void engineSetCertificateEntry(String alias, @Nullable Certificate certificate) throws KeyStoreException {
        Failures.storing(() -> new KeyStoreChange(connection).setCertificate(alias, certificate));
    }

    @Override
    public void engineSetEntry(String alias, KeyStore.Entry entry, KeyStore.@Nullable ProtectionParameter ignored)
            throws KeyStoreException {
        if (entry instanceof KeyStore.PrivateKeyEntry pair) {
            engineSetKeyEntry(alias, pair.getPrivateKey(), null, pair.getCertificateChain());
        } else if (entry instanceof KeyStore.SecretKeyEntry secret) {
            engineSetKeyEntry(alias, secret.getSecretKey(), null, null);
        } else if (entry instanceof KeyStore.TrustedCertificateEntry trusted) {
            engineSetCertificateEntry(alias, trusted.getTrustedCertificate());
        } else {
            throw new KeyStoreException("the key store holds keys and certificates, not " + entry.getClass());
        }
    }

    /** Deletes a key with its public half and its certificates; one that is not destroyable stays. */
    @Override
    public void engineDeleteEntry(String alias) throws KeyStoreException {
        Failures.storing(() -> new KeyStoreChange(connection).delete(alias));
    }
}
