package org.cofferhsm.tde;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/**
 * The TDE keystore of one crypto user, as one container of a database sees it: master keys that never leave the module,
 * and the tablespace keys that they wrap.
 *
 * <p>Setting a new master key makes it the current one; older ones go on unwrapping what they wrapped, so that old
 * backups stay readable. Keystores of different users do not see each other's keys; containers of one keystore each have
 * a current master key of their own and refuse what another container's key wrapped. Safe for use by several threads.
 */
public final class TdeKeystore {

    private final Session session;
    private final Container container;
    private final MasterKeyObjects objects;
    private final EventLog log;
    private final ClosedMarks marks;
    private final WrappingAlgorithms algorithms = new WrappingAlgorithms();

    /** The keystore as a database without containers, or the root, sees it. */
    public TdeKeystore(Session session) {
        this(session, Container.ROOT);
    }

    public TdeKeystore(Session session, Container container) {
        this.session = session;
        this.container = container;
        this.objects = new MasterKeyObjects(session);
        this.log = new EventLog(session, Clock.systemUTC());
        this.marks = new ClosedMarks(session);
    }

    /** The keystore as its user's only database sees it: the isolated container that it belongs to, or the root. */
    public static TdeKeystore of(Session session) {
        return new TdeKeystore(
                session,
                new EventLog(session, Clock.systemUTC()).history().isolated().orElse(Container.ROOT));
    }

    public Container container() {
        return container;
    }

    /** Makes a master key and makes it the current one: {@code ADMINISTER KEY MANAGEMENT SET KEY USING TAG}. */
    public MasterKey setKey(String tag) {
        return useKey(createKey(tag).id());
    }

    /** Makes a master key for later: {@code CREATE KEY USING TAG}. */
    public synchronized MasterKey createKey(String tag) {
        requireOpen();
        Container settled = log.history().settled(container);
        MasterKeyId id = objects.newId();
        KeyEvent event = log.next(KeyEvent.Kind.CREATED, id, settled, tag);
        objects.make(id); // first: a key without an event harms nobody
        log.add(event);
        return known(id);
    }

    /** Makes an existing master key the current one: {@code USE KEY}. */
    public synchronized MasterKey useKey(MasterKeyId id) {
        requireOpen();
        Container settled = log.history().settled(container);
        requireAtHome(id, OraCause.KEY_OF_ANOTHER_CONTAINER);
        KeyTrial.of(session).require(objects.require(id), id);
        log.add(log.next(KeyEvent.Kind.ACTIVATED, id, settled, ""));
        return known(id);
    }

    /** Writes another tag to a master key: {@code SET TAG … FOR}. */
    public synchronized MasterKey setTag(MasterKeyId id, String tag) {
        requireOpen();
        requireAtHome(id, OraCause.KEY_OF_ANOTHER_CONTAINER);
        objects.require(id);
        log.add(log.next(KeyEvent.Kind.TAGGED, id, log.history().settled(container), tag));
        return known(id);
    }

    private MasterKey known(MasterKeyId id) {
        return log.history().keys().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> HsmException.internal("the event of the master key " + id + " was not kept"));
    }

    /** The container's master keys, those in use in the order of their activation. */
    public List<MasterKey> masterKeys() {
        return log.history().keys(container);
    }

    /** The master key under which tablespace keys are wrapped now, when one was set. */
    public Optional<MasterKey> currentMasterKey() {
        return masterKeys().stream().filter(MasterKey::current).findFirst();
    }

    /** Every master key of the user, in all containers and of Oracle's own making: {@code V$ENCRYPTION_KEYS}. */
    public List<EncryptionKey> encryptionKeys() {
        return EncryptionKeys.of(session.user().name(), log.history(), objects.all());
    }

    /** How each container of this keystore stands: {@code V$ENCRYPTION_WALLET}. */
    public List<KeystoreStatus> status() {
        return new StatusReport(log, objects, marks).of(container);
    }

    /** Lets databases use the keystore again; complains by ORA-28354 or, about a key that is not there, by ORA-28353. */
    public synchronized void open() {
        if (!marks.isMarked(container)) {
            throw OraCause.KEYSTORE_ALREADY_OPEN.refusal(keystore() + " is open already");
        }
        check();
        marks.open(container);
    }

    /** Refuses the use of its master keys to databases, also after a restart, until {@link #open}. */
    public synchronized void close() {
        if (marks.isMarked(container)) {
            throw OraCause.KEYSTORE_NOT_OPEN.refusal(keystore() + " is closed already");
        }
        marks.close(container);
    }

    /** Tries the current master key; complains by ORA-28353 when it is not there or does not decrypt. */
    public void check() {
        log.history().current(container).ifPresent(id -> {
            try {
                KeyTrial.of(session).require(objects.require(id), id);
            } catch (HsmException e) {
                throw OraCause.KEYSTORE_NOT_OPENED
                        .refusal(e.reason(), keystore() + " cannot be opened: " + e.getMessage())
                        .causedBy(e);
            }
        });
    }

    /** A new tablespace key from the module's random generator. */
    public TablespaceKey generate(TablespaceAlgorithm algorithm) {
        return TablespaceKey.owning(session.random(algorithm.keyBytes()));
    }

    /** The tablespace key under the current master key. */
    public WrappedTablespaceKey wrap(TablespaceKey key) {
        requireOpen();
        return wrap(key, current());
    }

    private WrappedTablespaceKey wrap(TablespaceKey key, MasterKeyId master) {
        Algorithm wrapping = algorithms.of(master, key.algorithm());
        byte[] sealed = key.use(bytes -> objects.use(master, handle -> session.encrypt(handle, wrapping, bytes)));
        return new WrappedTablespaceKey(master, key.algorithm(), Octets.of(sealed));
    }

    /** The tablespace key in the clear, for a database to hold in its memory. */
    public TablespaceKey unwrap(WrappedTablespaceKey wrapped) {
        requireOpen();
        MasterKeyId master = wrapped.masterKey();
        requireAtHome(master, OraCause.TYPED_MASTER_KEY_NOT_FOUND);
        byte[] sealed = wrapped.sealed().toByteArray();
        Algorithm wrapping = algorithms.of(master, wrapped.algorithm());
        try {
            return TablespaceKey.owning(objects.use(master, handle -> session.decrypt(handle, wrapping, sealed)));
        } catch (HsmException e) {
            throw e.reason() == Reason.ENCRYPTED_DATA_INVALID ? altered(master, e) : e;
        }
    }

    /** The same tablespace key under the current master key: what a rotation does, without touching data. */
    public WrappedTablespaceKey rewrap(WrappedTablespaceKey wrapped) {
        try (TablespaceKey key = unwrap(wrapped)) {
            return wrap(key);
        }
    }

    /**
     * Re-wraps the keys of these tablespaces under the current master key, each as a step of its own: whoever is
     * interrupted calls this again. Those that are already under it stay as they are; one that fails does not stop the
     * others.
     */
    public Rewrapping rewrapAll(Collection<? extends TablespaceHeader> tablespaces) {
        requireOpen();
        return Rewrapping.of(this, current(), tablespaces);
    }

    /** The master key under which {@link #wrap} wraps now; complains when there is none. */
    private MasterKeyId current() {
        return log.history()
                .current(container)
                .orElseThrow(() -> OraCause.TYPED_MASTER_KEY_NOT_FOUND.refusal(
                        keystore() + " has no master key yet (OPEN_NO_MASTER_KEY); set one with coffer tde set-key"));
    }

    private void requireOpen() {
        if (marks.isClosed(container)) {
            throw OraCause.KEYSTORE_NOT_OPEN.refusal(keystore() + " is closed; open it with coffer tde open");
        }
    }

    /** A key of which nothing is known is nobody's: its events may be lost, and data must not be lost with them. */
    private void requireAtHome(MasterKeyId id, OraCause cause) {
        History history = log.history();
        if (history.isUsedBy(id, container)) {
            return;
        }
        if (!history.homes(id).isEmpty() && !history.homes(id).contains(container.name())) {
            throw cause.refusal("the master key " + id + " is one of " + String.join(", ", history.homes(id))
                    + ", not of " + container + "; name that container");
        }
    }

    private String keystore() {
        return "the TDE keystore of user \"" + session.user().name() + "\" in " + container;
    }

    private static HsmException altered(MasterKeyId master, HsmException cause) {
        return OraCause.REWRAP_FAILED
                .refusal("the wrapped tablespace key is not what the master key " + master
                        + " wrapped: it was altered; restore it from a backup of the tablespace")
                .causedBy(cause);
    }
}
