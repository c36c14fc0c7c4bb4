package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Encapsulated;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.Right;
import org.cofferhsm.hsm.session.AuditTrail;
import org.cofferhsm.hsm.session.CipherOperation;
import org.cofferhsm.hsm.session.DigestOperation;
import org.cofferhsm.hsm.session.Matches;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.SignOperation;
import org.cofferhsm.hsm.session.TicketHolder;
import org.cofferhsm.hsm.session.Users;
import org.cofferhsm.hsm.session.VerifyOperation;
import org.cofferhsm.hsm.user.UserInfo;

/** A session in the process that owns the module. */
public final class LocalSession implements Session {

    private final Caller caller;
    private final ModuleParts parts;
    private final ReachableObjects objects;
    private final KeyUses uses;
    private final KeyMaking making;
    private final ObjectCalls objectCalls;
    private final StreamCalls streams;
    private final SessionLife life;

    private LocalSession(ProvedUser proved, ModuleParts parts) {
        this.life = new SessionLife(proved, parts);
        this.caller = life.caller();
        this.parts = parts;
        this.objects = new ReachableObjects(caller, parts.tokenObjects(), new SessionObjects(parts.sessionObjects()));
        this.uses = new KeyUses(caller, objects, parts);
        this.making = new KeyMaking(caller, objects, uses, parts);
        this.objectCalls = new ObjectCalls(caller, objects, parts);
        this.streams = new StreamCalls(uses, parts, life);
    }

    /** Logs a user in; complains by {@code pinIncorrect}, {@code userLocked} or the module's state. */
    public static Session login(ModuleParts parts, String userName, char[] pin) {
        parts.recorder().requireOperational();
        return begun(parts.authentication().login(userName, pin), parts);
    }

    /** Logs in who shows a ticket that was given to this process; complains by {@code pinIncorrect} or {@code userLocked}. */
    public static Session resume(ModuleParts parts, byte[] ticket, TicketHolder holder) {
        parts.recorder().requireOperational();
        return begun(parts.tickets().redeem(ticket, holder), parts);
    }

    private static Session begun(ProvedUser proved, ModuleParts parts) {
        LocalSession session = new LocalSession(proved, parts);
        parts.openSessions().add(session);
        return session;
    }

    /** A ticket that logs the user of the session in again when the same process shows it. */
    public static byte[] ticket(ModuleParts parts, Session session, TicketHolder holder) {
        return of(parts, session).life.ticket(holder);
    }

    private static LocalSession of(ModuleParts parts, Session session) {
        if (session instanceof LocalSession local && local.parts == parts) {
            return local;
        }
        throw HsmException.argumentInvalid("the session is not one of this module");
    }

    /** Records what an admin does to the whole module; complains by {@code roleNotPermitted} for others. */
    public static void administer(ModuleParts parts, Session session, String operation) {
        LocalSession local = of(parts, session);
        local.requireOpen();
        Caller caller = local.caller;
        parts.recorder().use(Call.of(caller, operation, ""), () -> {
            Right.MANAGE_MODULE.require(caller);
            return caller;
        });
    }

    @Override
    public UserInfo user() {
        return parts.accounts()
                .require(caller.name())
                .account()
                .info(parts.clock().instant());
    }

    @Override
    public Users users() {
        requireOpen();
        return new LocalUsers(life, parts);
    }

    @Override
    public AuditTrail auditTrail() {
        requireOpen();
        Right.READ_AUDIT.require(caller);
        return new LocalAuditTrail(parts.auditReading(), life);
    }

    @Override
    public void note(String subject, String text) {
        requireOpen();
        parts.recorder().note(caller, subject, text);
    }

    @Override
    public KeyId generate(KeyTemplate template) {
        requireOpen();
        return making.generate(template);
    }

    @Override
    public KeyPairIds generate(KeyPairTemplate template) {
        requireOpen();
        return making.generate(template);
    }

    @Override
    public KeyId create(Attributes attributes, byte[] value) {
        requireOpen();
        return objectCalls.create(attributes, value);
    }

    @Override
    public KeyId copy(KeyId object, Attributes changes) {
        requireOpen();
        return objectCalls.copy(object, changes);
    }

    @Override
    public void destroy(KeyId object) {
        requireOpen();
        objectCalls.destroy(object);
    }

    @Override
    public ObjectInfo describe(KeyId object) {
        requireOpen();
        Right.SEE_KEYS.require(caller);
        return objects.visible(object).info();
    }

    @Override
    public void change(KeyId object, Attributes changes) {
        requireOpen();
        objectCalls.change(object, changes);
    }

    @Override
    public Matches find(Attributes filter) {
        requireOpen();
        Right.SEE_KEYS.require(caller);
        return new Matches(filter.toString(), objects.matching(filter));
    }

    @Override
    public Matches find(String label) {
        requireOpen();
        Right.SEE_KEYS.require(caller);
        return new Matches("the label \"" + label + "\"", objects.matching(Attributes.of(Attribute.LABEL, label)));
    }

    @Override
    public byte[] value(KeyId object) {
        requireOpen();
        return objectCalls.value(object);
    }

    @Override
    public void share(KeyId key, String userName) {
        requireOpen();
        objectCalls.share(key, userName);
    }

    @Override
    public void unshare(KeyId key, String userName) {
        requireOpen();
        objectCalls.unshare(key, userName);
    }

    @Override
    public byte[] encrypt(KeyId key, Algorithm algorithm, byte[] plaintext) {
        return use(Usage.ENCRYPT, key, algorithm, (engine, held) -> engine.encrypt(held, algorithm, plaintext));
    }

    @Override
    public byte[] decrypt(KeyId key, Algorithm algorithm, byte[] ciphertext) {
        return use(Usage.DECRYPT, key, algorithm, (engine, held) -> engine.decrypt(held, algorithm, ciphertext));
    }

    @Override
    public byte[] sign(KeyId key, Algorithm algorithm, byte[] data) {
        return use(Usage.SIGN, key, algorithm, (engine, held) -> engine.sign(held, algorithm, data));
    }

    @Override
    public boolean verify(KeyId key, Algorithm algorithm, byte[] data, byte[] signature) {
        return use(Usage.VERIFY, key, algorithm, (engine, held) -> engine.verify(held, algorithm, data, signature));
    }

    private <T> T use(Usage usage, KeyId key, Algorithm algorithm, KeyUses.Work<T> work) {
        requireOpen();
        return uses.run(KeyUses.Use.of(usage, key, algorithm), work);
    }

    @Override
    public byte[] wrap(KeyId wrappingKey, KeyId payload, Algorithm algorithm) {
        requireOpen();
        return uses.wrap(wrappingKey, payload, algorithm);
    }

    @Override
    public KeyId unwrap(KeyId unwrappingKey, byte[] wrapped, Algorithm algorithm, KeyTemplate template) {
        requireOpen();
        return making.unwrap(unwrappingKey, wrapped, algorithm, template);
    }

    @Override
    public KeyId derive(KeyId baseKey, Algorithm algorithm, KeyTemplate template) {
        requireOpen();
        return making.derive(baseKey, algorithm, template);
    }

    @Override
    public Encapsulated encapsulate(KeyId publicKey, Algorithm algorithm, KeyTemplate template) {
        requireOpen();
        return making.encapsulate(publicKey, algorithm, template);
    }

    @Override
    public KeyId decapsulate(KeyId privateKey, Algorithm algorithm, byte[] ciphertext, KeyTemplate template) {
        requireOpen();
        return making.decapsulate(privateKey, algorithm, ciphertext, template);
    }

    @Override
    public byte[] digest(Algorithm algorithm, byte[] data) {
        requireOpen();
        Right.USE_ENGINE.require(caller);
        return new LocalPublicEngine(parts).digest(algorithm, data);
    }

    @Override
    public byte[] random(int bytes) {
        requireOpen();
        Right.USE_ENGINE.require(caller);
        return new LocalPublicEngine(parts).random(bytes);
    }

    @Override
    public CipherOperation startEncrypt(KeyId key, Algorithm algorithm) {
        requireOpen();
        return streams.startEncrypt(key, algorithm);
    }

    @Override
    public CipherOperation startDecrypt(KeyId key, Algorithm algorithm) {
        requireOpen();
        return streams.startDecrypt(key, algorithm);
    }

    @Override
    public SignOperation startSign(KeyId key, Algorithm algorithm) {
        requireOpen();
        return streams.startSign(key, algorithm);
    }

    @Override
    public VerifyOperation startVerify(KeyId key, Algorithm algorithm) {
        requireOpen();
        return streams.startVerify(key, algorithm);
    }

    @Override
    public DigestOperation startDigest(Algorithm algorithm) {
        requireOpen();
        Right.USE_ENGINE.require(caller);
        return streams.startDigest(algorithm);
    }

    @Override
    public void close() {
        if (life.end()) {
            parts.openSessions().remove(this);
            objects.close();
        }
    }

    private void requireOpen() {
        life.requireOpen();
    }
}
