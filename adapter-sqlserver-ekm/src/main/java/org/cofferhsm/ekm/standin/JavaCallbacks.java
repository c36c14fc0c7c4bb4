package org.cofferhsm.ekm.standin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cofferhsm.ekm.BlobType;
import org.cofferhsm.ekm.Credential;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmException;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.EkmSession;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.ImportRequest;
import org.cofferhsm.ekm.KeyFlag;
import org.cofferhsm.ekm.ProviderInfo;
import org.cofferhsm.ekm.SqlCrypt;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.hsm.key.Octets;

/** The functions in Java: the provider's engine in this process. */
public final class JavaCallbacks implements Callbacks {

    private final SqlCrypt provider;
    private final Map<Long, EkmSession> sessions = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    public JavaCallbacks(SqlCrypt provider) {
        this.provider = provider;
    }

    private static <T> T refusing(Supplier<T> call) {
        try {
            return call.get();
        } catch (EkmException refusal) {
            throw new ProviderRefusal(refusal.status().code());
        }
    }

    private EkmSession session(long number) {
        return Optional.ofNullable(sessions.get(number))
                .orElseThrow(() -> new ProviderRefusal(EkmStatus.SESSION_EXPIRED.code()));
    }

    @Override
    public void initialize() {
        provider.initializeProvider();
    }

    @Override
    public void free() {
        sessions.clear();
        provider.freeProvider();
    }

    @Override
    public long openSession(String name, String secret) {
        try (Credential credential = new Credential(name, secret.toCharArray())) {
            EkmSession opened = refusing(() -> provider.openSession(credential));
            long number = last.incrementAndGet();
            sessions.put(number, opened);
            return number;
        }
    }

    @Override
    public void closeSession(long session, boolean abort) {
        provider.closeSession(session(session), abort);
        sessions.remove(session);
    }

    @Override
    public ProviderInfo information() {
        return provider.providerInfo();
    }

    @Override
    public int nextAlgorithm(int algorithm) {
        return refusing(() -> provider.nextAlgorithmId(algorithm));
    }

    @Override
    public EkmAlgorithm algorithm(int id) {
        return refusing(() -> provider.algorithmInfo(id));
    }

    @Override
    public Thumbprint createKey(long session, String name, int algorithm, int flags) {
        return refusing(() -> provider.createKey(session(session), name, algorithm, KeyFlag.ofBits(flags)));
    }

    @Override
    public void dropKey(long session, Thumbprint key) {
        refusing(() -> {
            provider.dropKey(session(session), key);
            return key;
        });
    }

    @Override
    public int nextKey(long session, int key) {
        return refusing(() -> provider.nextKeyId(session(session), key));
    }

    @Override
    public EkmKey keyById(long session, int key) {
        return refusing(() -> provider.keyInfoByKeyId(session(session), key));
    }

    @Override
    public EkmKey keyByThumbprint(long session, Thumbprint key) {
        return refusing(() -> provider.keyInfoByThumbprint(session(session), key));
    }

    @Override
    public EkmKey keyByName(long session, String name) {
        return refusing(() -> provider.keyInfoByName(session(session), name));
    }

    @Override
    public byte[] exportKey(long session, Thumbprint key) {
        return refusing(() -> provider.exportKey(session(session), key, Optional.empty(), BlobType.PUBLIC_KEY));
    }

    @Override
    public void importKey(long session, String name, byte[] blob) {
        Thumbprint none = new Thumbprint(Octets.of(new byte[Thumbprint.LENGTH]));
        ImportRequest request = new ImportRequest(name, none, BlobType.SIMPLE, Set.of(), Octets.of(blob));
        refusing(() -> provider.importKey(session(session), request));
    }

    @Override
    public byte[] encrypt(long session, Thumbprint key, byte[] iv, byte[] plaintext) {
        return refusing(() -> provider.encrypt(session(session), key, Octets.of(iv), plaintext));
    }

    @Override
    public byte[] decrypt(long session, Thumbprint key, byte[] iv, byte[] ciphertext) {
        return refusing(() -> provider.decrypt(session(session), key, Octets.of(iv), ciphertext));
    }

    @Override
    public void close() {
        // nothing was loaded
    }
}
