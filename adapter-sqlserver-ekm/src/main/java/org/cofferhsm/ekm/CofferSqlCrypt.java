package org.cofferhsm.ekm;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.TicketHolder;
import org.cofferhsm.hsm.user.Role;

/** EKM's calls answered by a module: the provider {@code Coffer} of one SQL Server. */
public final class CofferSqlCrypt implements SqlCrypt {

    /** SQL Server has at most 32,767 connections, and each at most one session of a provider. */
    public static final int MAX_SESSIONS = 32_768;

    private final Hsm hsm;
    private final int limit;
    /** One key is made at a time, so that two never get one name. */
    private final Object creation = new Object();

    private final Set<EkmSession> open = ConcurrentHashMap.newKeySet();

    /** @param hsm the module, which stays its owner's to close */
    public CofferSqlCrypt(Hsm hsm) {
        this(hsm, MAX_SESSIONS);
    }

    CofferSqlCrypt(Hsm hsm, int limit) {
        this.hsm = hsm;
        this.limit = limit;
    }

    @Override
    public void initializeProvider() {
        // sessions are opened one by one; there is nothing to have ready
    }

    @Override
    public void freeProvider() {
        open.forEach(session -> closeSession(session, true));
    }

    @Override
    public EkmSession openSession(Credential credential) {
        requireRoom();
        try {
            return opened(hsm.login(credential.name(), credential.secret()));
        } catch (HsmException refusal) {
            throw EkmException.of(refusal);
        }
    }

    private void requireRoom() {
        if (open.size() >= limit) {
            throw EkmStatus.SERVICE_BUSY.because("the program has " + limit + " sessions, which is the limit");
        }
    }

    private EkmSession opened(Session login) {
        if (login.user().role() != Role.CRYPTO_USER) {
            login.close();
            throw EkmStatus.NOT_PERMITTED.because(
                    "the credential is not one of a crypto user; no other role uses keys");
        }
        EkmSession session = new EkmSession(login);
        open.add(session);
        return session;
    }

    /** A ticket that opens the session again after a restart of the service. */
    public byte[] ticketFor(EkmSession session, TicketHolder holder) {
        return session.withLogin(login -> hsm.ticketFor(login, holder));
    }

    /** Opens a session for a ticket; complains by SESSION_EXPIRED, or by USER_LOCKED. */
    public EkmSession resume(byte[] ticket, TicketHolder holder) {
        requireRoom();
        try {
            return opened(hsm.resume(ticket, holder));
        } catch (HsmException refusal) {
            throw EkmException.withoutCredential(refusal);
        }
    }

    @Override
    public void closeSession(EkmSession session, boolean abort) {
        open.remove(session);
        session.close();
    }

    @Override
    public ProviderInfo providerInfo() {
        return ProviderInfo.COFFER;
    }

    @Override
    public int nextAlgorithmId(int algorithm) {
        return EkmAlgorithm.after(algorithm)
                .map(EkmAlgorithm::id)
                .orElseThrow(() -> EkmStatus.NOT_FOUND.because("no algorithm comes after " + algorithm));
    }

    @Override
    public EkmAlgorithm algorithmInfo(int algorithm) {
        return numbered(algorithm, EkmStatus.NOT_FOUND);
    }

    private static EkmAlgorithm numbered(int algorithm, EkmStatus otherwise) {
        try {
            return EkmAlgorithm.ofId(algorithm);
        } catch (HsmException refusal) {
            throw otherwise.because(String.valueOf(refusal.getMessage()));
        }
    }

    @Override
    public Thumbprint createKey(EkmSession session, String name, int algorithm, Set<KeyFlag> flags) {
        if (flags.contains(KeyFlag.VOLATILE)) {
            throw EkmStatus.NOT_SUPPORTED.because("keys of this provider last; none can be volatile");
        }
        EkmAlgorithm wanted = numbered(algorithm, EkmStatus.NOT_SUPPORTED);
        synchronized (creation) {
            return session.call(provider -> create(provider, name, wanted));
        }
    }

    private static Thumbprint create(EkmProvider provider, String name, EkmAlgorithm algorithm) {
        provider.requireCreator();
        if (provider.isTaken(name)) {
            throw EkmStatus.KEY_EXISTS.because(EkmProvider.taken(name));
        }
        return provider.create(name, algorithm).thumbprint();
    }

    @Override
    public void dropKey(EkmSession session, Thumbprint thumbprint) {
        session.call(provider -> {
            provider.drop(thumbprint);
            return thumbprint;
        });
    }

    @Override
    public int nextKeyId(EkmSession session, int keyId) {
        return session.call(provider -> provider.keyIdAfter(keyId))
                .orElseThrow(
                        () -> EkmStatus.NOT_FOUND.because("no key comes after " + Integer.toUnsignedString(keyId)));
    }

    @Override
    public EkmKey keyInfoByKeyId(EkmSession session, int keyId) {
        return session.call(provider -> provider.open(keyId));
    }

    @Override
    public EkmKey keyInfoByThumbprint(EkmSession session, Thumbprint thumbprint) {
        return session.call(provider -> provider.open(thumbprint));
    }

    @Override
    public EkmKey keyInfoByName(EkmSession session, String name) {
        return session.call(provider -> provider.open(name));
    }

    @Override
    public byte[] exportKey(EkmSession session, Thumbprint thumbprint, Optional<Thumbprint> encryptor, BlobType type) {
        if (type != BlobType.PUBLIC_KEY) {
            throw EkmStatus.NOT_SUPPORTED.because("only public keys are exported; nothing secret leaves the module");
        }
        return RsaPublicBlob.of(session.call(provider -> provider.publicKey(thumbprint)));
    }

    @Override
    public Thumbprint importKey(EkmSession session, ImportRequest request) {
        throw EkmStatus.NOT_SUPPORTED.because("keys are made in the module, or unwrapped by coffer key unwrap");
    }

    @Override
    public byte[] encrypt(EkmSession session, Thumbprint thumbprint, Octets iv, byte[] plaintext) {
        return session.call(provider -> {
            try {
                return provider.encrypt(thumbprint, iv, plaintext);
            } catch (HsmException refusal) {
                throw provider.isEnded(refusal, thumbprint)
                        ? EkmStatus.KEY_DROPPED.because(String.valueOf(refusal.getMessage()))
                        : refusal;
            }
        });
    }

    @Override
    public byte[] decrypt(EkmSession session, Thumbprint thumbprint, Octets iv, byte[] ciphertext) {
        return session.call(provider -> provider.decrypt(thumbprint, iv, ciphertext));
    }
}
