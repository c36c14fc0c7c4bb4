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
        this.objects = new ReachableObjects(life, parts.tokenObjects(), new SessionObjects(parts.sessionObjects()));
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
        Caller caller = local.open().caller;
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
        open();
        return new LocalUsers(life, parts);
    }

    @Override
    public AuditTrail auditTrail() {
        open(Right.READ_AUDIT);
        return new LocalAuditTrail(parts.auditReading(), life);
    }

    @Override
    public void note(String subject, String text) {
        open().parts.recorder().note(caller, subject, text);
    }

    @Override
    public KeyId generate(KeyTemplate template) {
        return open().making.generate(template);
    }

    @Override
    public KeyPairIds generate(KeyPairTemplate template) {
        return open().making.generate(template);
    }

    @Override
    public KeyId create(Attributes attributes, byte[] value) {
        return open().objectCalls.create(attributes, value);
    }

    @Override
    public KeyId copy(KeyId object, Attributes changes) {
        return open().objectCalls.copy(object, changes);
    }

    @Override
    public void destroy(KeyId object) {
        open().objectCalls.destroy(object);
    }

    @Override
    public ObjectInfo describe(KeyId object) {
        return open(Right.SEE_KEYS).objects.visible(object).info();
    }

    @Override
    public void change(KeyId object, Attributes changes) {
        open().objectCalls.change(object, changes);
    }

    @Override
    public Matches find(Attributes filter) {
        open(Right.SEE_KEYS);
        return new Matches(filter.toString(), objects.matching(filter));
    }

    @Override
    public Matches find(String label) {
        open(Right.SEE_KEYS);
        return new Matches("the label \"" + label + "\"", objects.matching(Attributes.of(Attribute.LABEL, label)));
    }

    @Override
    public byte[] value(KeyId object) {
        return open().objectCalls.value(object);
    }

    @Override
    public void share(KeyId key, String userName) {
        open().objectCalls.share(key, userName);
    }

    @Override
    public void unshare(KeyId key, String userName) {
        open().objectCalls.unshare(key, userName);
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
        return open().uses.run(KeyUses.Use.of(usage, key, algorithm), work);
    }

    @Override
    public byte[] wrap(KeyId wrappingKey, KeyId payload, Algorithm algorithm) {
        return open().uses.wrap(wrappingKey, payload, algorithm);
    }

    @Override
    public KeyId unwrap(KeyId unwrappingKey, byte[] wrapped, Algorithm algorithm, KeyTemplate template) {
        return open().making.unwrap(unwrappingKey, wrapped, algorithm, template);
    }

    @Override
    public KeyId derive(KeyId baseKey, Algorithm algorithm, KeyTemplate template) {
        return open().making.derive(baseKey, algorithm, template);
    }

    @Override
    public Encapsulated encapsulate(KeyId publicKey, Algorithm algorithm, KeyTemplate template) {
        return open().making.encapsulate(publicKey, algorithm, template);
    }

    @Override
    public KeyId decapsulate(KeyId privateKey, Algorithm algorithm, byte[] ciphertext, KeyTemplate template) {
        return open().making.decapsulate(privateKey, algorithm, ciphertext, template);
    }

    @Override
    public byte[] digest(Algorithm algorithm, byte[] data) {
        open(Right.USE_ENGINE);
        return new LocalPublicEngine(parts).digest(algorithm, data);
    }

    @Override
    public byte[] random(int bytes) {
        open(Right.USE_ENGINE);
        return new LocalPublicEngine(parts).random(bytes);
    }

    @Override
    public CipherOperation startEncrypt(KeyId key, Algorithm algorithm) {
        return open().streams.startEncrypt(key, algorithm);
    }

    @Override
    public CipherOperation startDecrypt(KeyId key, Algorithm algorithm) {
        return open().streams.startDecrypt(key, algorithm);
    }

    @Override
    public SignOperation startSign(KeyId key, Algorithm algorithm) {
        return open().streams.startSign(key, algorithm);
    }

    @Override
    public VerifyOperation startVerify(KeyId key, Algorithm algorithm) {
        return open().streams.startVerify(key, algorithm);
    }

    @Override
    public DigestOperation startDigest(Algorithm algorithm) {
        return open(Right.USE_ENGINE).streams.startDigest(algorithm);
    }

    @Override
    public void close() {
        if (life.end()) {
            parts.openSessions().remove(this);
            objects.close();
        }
    }

    private LocalSession open() {
        life.requireOpen();
        return this;
    }

    private LocalSession open(Right right) {
        life.requireOpen();
        right.require(caller);
        return this;
    }
}
