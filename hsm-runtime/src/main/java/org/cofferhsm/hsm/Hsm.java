package org.cofferhsm.hsm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.cofferhsm.hsm.audit.AuditVerifier;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.seal.SealKind;
import org.cofferhsm.hsm.seal.SealedMasterKey;
import org.cofferhsm.hsm.session.AuditVerification;
import org.cofferhsm.hsm.session.PublicEngine;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.TicketHolder;
import org.cofferhsm.hsm.store.ModuleLock;
import org.jspecify.annotations.Nullable;

/**
 * One module, owned by this process from {@link #open} to {@link #close}. Safe for use by several threads.
 *
 * <pre>{@code
 * try (Hsm hsm = Hsm.open(home, KeyFile.in(home));
 *      Session session = hsm.login("payroll", pin)) { … }
 * }</pre>
 */
public final class Hsm implements AutoCloseable {

    /** The name of a new module's first admin. */
    public static final String FIRST_ADMIN = "admin";

    private final HsmConfig config;
    private final ModuleDirectory directory;
    private final ModuleLock ownership;
    private @Nullable OpenModule module;
    private ModuleState state = ModuleState.LOCKED;
    private boolean closed;

    private Hsm(HsmConfig config, ModuleLock ownership) {
        this.config = config;
        this.directory = new ModuleDirectory(ownership.home());
        this.ownership = ownership;
    }

    /**
     * Makes a module and leaves it operational, with the unactivated admin {@value #FIRST_ADMIN}. A making that was
     * interrupted is begun anew. Complains by {@code moduleAlreadyInitialized}.
     */
    public static Hsm initialize(HsmConfig config, Seal seal) {
        Hsm hsm = new Hsm(config, ModuleLock.acquire(config.home()));
        return hsm.orClosed(() -> hsm.make(seal));
    }

    /** Gives the directory back when the work fails, whatever went wrong. */
    private Hsm orClosed(Runnable work) {
        try {
            work.run();
            return this;
        } catch (RuntimeException | Error e) {
            try {
                close();
            } catch (RuntimeException | Error second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /**
     * What is in this directory, without owning it: cheap, and works while another process owns the module. When the
     * module was zeroized and a crash left its seal, the seal is destroyed.
     */
    public static ModuleState stateOf(Path home) {
        return new ModuleDirectory(home).state();
    }

    /** Whether the module in this directory is sealed under a passphrase; else under a key file. */
    public static boolean wantsPassphrase(Path home) {
        return SealedMasterKey.in(home, Engine.withoutNativeCode()).kind() == SealKind.PASSPHRASE;
    }

    /** Whether an admin has locked the module in this directory down ({@link #lockDown}). */
    public static boolean isLockedDown(Path home) {
        return Files.exists(new ModuleDirectory(home).lockedDown());
    }

    /** The process that owns the module in this directory now, if any does. */
    public static OptionalLong ownerOf(Path home) {
        return ModuleLock.ownerOf(home);
    }

    /** Where the service listens that serves the module in this directory now, if one does. */
    public static Optional<ServiceAddress> serviceOf(Path home) {
        return ModuleLock.ownerOf(home).isPresent() ? new ServiceNote(home).read() : Optional.empty();
    }

    /**
     * Checks a copy of an audit log without the module.
     *
     * @param directory the copied directory of segments
     * @param publicKey the module's public key (X.509 SubjectPublicKeyInfo) as the caller knows it; without one the log's
     *     own is taken, which tells whether the log is whole but not whose it is
     */
    public static AuditVerification verifyAuditCopy(Path directory, Optional<byte[]> publicKey) {
        AuditVerifier verifier = publicKey.map(AuditVerifier::trusting).orElseGet(AuditVerifier::trustingTheLog);
        return LogReading.verification(verifier.verify(directory));
    }

    /** Takes hold of the module in this directory; it is locked. */
    public static Hsm open(Path home) {
        return open(HsmConfig.at(home));
    }

    /**
     * Takes hold of a module; it is locked. Complains by {@code moduleNotInitialized}, by {@code moduleZeroized}, and by
     * {@code moduleInUse} with the pid of the owner.
     */
    public static Hsm open(HsmConfig config) {
        switch (stateOf(config.home())) {
            case UNINITIALIZED ->
                throw HsmException.moduleNotInitialized(
                        "there is no module in " + config.home() + "; make one with coffer init");
            case ZEROIZED ->
                throw HsmException.moduleZeroized("the keys of the module in " + config.home() + " were destroyed");
            case LOCKED, OPERATIONAL, ERROR -> {}
        }
        Hsm hsm = new Hsm(config, ModuleLock.acquire(config.home()));
        return hsm.orClosed(hsm::withdrawService); // one that was killed has left its address
    }

    /** Takes hold of the module in this directory and unlocks it; when either is refused, nobody has hold of it. */
    public static Hsm open(Path home, Seal seal) {
        return open(HsmConfig.at(home), seal);
    }

    /** Takes hold of a module and unlocks it; when either is refused, nobody has hold of it. */
    public static Hsm open(HsmConfig config, Seal seal) {
        Hsm hsm = open(config);
        return hsm.orClosed(() -> hsm.unlock(seal));
    }

    /**
     * Opens the seal, verifies the store and the end of the audit log; gives this module, operational. Complains by
     * {@code unlockRefused}, and by {@code storeTampered} or {@code auditTampered}, which leave it in error. After a
     * refusal the directory is still this one's to try again or to {@link #close}; see {@link #open(Path, Seal)}.
     */
    public synchronized Hsm unlock(Seal seal) {
        requireThere();
        if (state == ModuleState.OPERATIONAL) {
            return this;
        }
        requireNot(ModuleState.ERROR);
        requireNotLockedDown();
        try {
            module = Assembly.open(config, ownership, seal);
            state = ModuleState.OPERATIONAL;
            return this;
        } catch (HsmException e) {
            if (e.reason() == Reason.STORE_TAMPERED || e.reason() == Reason.AUDIT_TAMPERED) {
                state = ModuleState.ERROR;
            }
            throw e;
        }
    }

    public synchronized ModuleState state() {
        return module != null && module.failed() ? ModuleState.ERROR : state;
    }

    /** What tells this module from all others: 16 bytes, drawn at its making; known also while it is locked. */
    public Octets serialNumber() {
        return SealedMasterKey.in(directory.home(), Engine.withoutNativeCode()).module();
    }

    /** Lets other processes find the service through which this one serves the module; see {@link #serviceOf}. */
    public void announceService(ServiceAddress address) {
        new ServiceNote(directory.home()).write(address);
    }

    /** Takes the announcement back. */
    public void withdrawService() {
        new ServiceNote(directory.home()).remove();
    }

    /** Whether the first admin has a PIN. */
    public boolean activated() {
        return operational().activated();
    }

    /** Gives the first admin its PIN: once, before anything else. The PIN stays the caller's to wipe. */
    public void activate(char[] adminPin) {
        operational().activate(FIRST_ADMIN, adminPin);
    }

    /**
     * Logs a user in. The PIN stays the caller's to wipe. Complains by {@code pinIncorrect}, {@code userLocked}, or
     * {@code moduleNotActivated} before the first admin has a PIN.
     */
    public Session login(String userName, char[] pin) {
        return operational().login(userName, pin);
    }

    /** What the module does for anybody, without a login: random bytes and digests. */
    public PublicEngine publicEngine() {
        return operational().publicEngine();
    }

    /**
     * A ticket that stands for the login of this session: {@link #resume} takes it instead of the PIN, also after a
     * restart, until {@link HsmConfig#ticketLifetime} is over or the user's PIN changes.
     *
     * @param holder the process that may show it later
     */
    public byte[] ticketFor(Session session, TicketHolder holder) {
        return operational().ticketFor(session, holder);
    }

    /**
     * Logs the holder of a ticket in. Complains by {@code pinIncorrect} about one that is foreign, too old, from the
     * future or overtaken by a change of the PIN, and by {@code userLocked}.
     */
    public Session resume(byte[] ticket, TicketHolder holder) {
        return operational().resume(ticket, holder);
    }

    /** Ends all sessions and wipes the keys from memory; {@link #unlock} opens the module again. */
    public synchronized void lock() {
        OpenModule open = module;
        if (open != null) {
            module = null;
            state = ModuleState.LOCKED;
            open.close(HsmException.moduleLocked("the module is locked; unlock it first"));
        }
    }

    /**
     * Locks the module and keeps it locked: no program opens it with its seal before {@link #liftLockDown}.
     *
     * @param admin a session of an admin
     */
    public synchronized void lockDown(Session admin) {
        operational().administer(admin, "lock-down");
        directory.mark(directory.lockedDown());
        lock();
    }

    /** Ends a lock-down by proving the seal; gives this module, operational. */
    public synchronized Hsm liftLockDown(Seal seal) {
        requireThere();
        SealedMasterKey.in(directory.home(), Engine.fastest())
                .open(SealSecrets.of(seal))
                .close();
        directory.remove(directory.lockedDown());
        return unlock(seal);
    }

    /** Seals the master key under something else, and lets go of the old seal; a key file stays for its owner to remove. */
    public synchronized void changeSeal(Seal old, Seal other) {
        requireThere();
        SealedMasterKey.in(directory.home(), Engine.fastest()).reseal(SealSecrets.of(old), SealSecrets.of(other));
    }

    /**
     * Destroys the keys for good: without its seal, everything in the store is unreadable. The audit log stays.
     *
     * @param admin a session of an admin
     */
    public synchronized void zeroize(Session admin) {
        operational().administer(admin, "zeroize");
        directory.mark(directory.zeroized());
        try {
            lock();
        } finally {
            state = ModuleState.ZEROIZED;
            directory.destroySeal();
        }
    }

    /** What protects the keys in memory and on disk, and what the operating system refused. */
    public List<Protection> protections() {
        return operational().protections();
    }

    /**
     * One protection.
     *
     * @param name what it is, such as {@code locked memory}
     * @param active whether it is in force
     * @param detail how, or why not (the operating system's words)
     */
    public record Protection(String name, boolean active, String detail) {}

    /** Locks the module and gives its directory back. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            lock();
        } finally {
            ownership.close();
        }
    }

    private void make(Seal seal) {
        directory.beginMaking();
        module = Assembly.create(config, ownership, seal);
        directory.remove(directory.initializing());
        state = ModuleState.OPERATIONAL;
    }

    private synchronized OpenModule operational() {
        requireThere();
        requireNot(ModuleState.ERROR);
        if (module == null) {
            throw HsmException.moduleLocked("the module in " + directory.home() + " is locked; unlock it first");
        }
        return module;
    }

    private void requireThere() {
        if (closed) {
            throw HsmException.moduleLocked(
                    "this use of the module in " + directory.home() + " was closed; open the module again");
        }
        if (state == ModuleState.ZEROIZED) {
            throw HsmException.moduleZeroized("the keys of the module in " + directory.home() + " were destroyed");
        }
    }

    private void requireNotLockedDown() {
        if (isLockedDown(directory.home())) {
            throw HsmException.moduleLocked(
                    "an admin has locked the module in " + directory.home() + " down; coffer unlock opens it again");
        }
    }

    private void requireNot(ModuleState bad) {
        if (state == bad) {
            throw HsmException.moduleInError("the module in " + directory.home()
                    + " failed an integrity check; see what the first error said, then open it again");
        }
    }
}
