package org.cofferhsm.hsm.session.local;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.cofferhsm.hsm.audit.AuditEvent;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.policy.PinRules;
import org.cofferhsm.hsm.store.Change;
import org.cofferhsm.hsm.store.ObjectStore;
import org.cofferhsm.hsm.store.RecordKind;
import org.cofferhsm.hsm.store.StoreRecord;
import org.cofferhsm.hsm.user.Role;

/** The users of the module; names are the same whatever their case. Each change is durable before it is seen. */
public final class UserAccounts {

    private final ObjectStore store;
    private final Journal journal;
    private final Pins pins;
    private final Set<Long> ids = ConcurrentHashMap.newKeySet();
    private final ReadWriteLock owning = new ReentrantReadWriteLock();
    private final Map<String, HeldUser> byName = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

    public UserAccounts(ObjectStore store, Journal journal, Pins pins) {
        this.store = store;
        this.journal = journal;
        this.pins = pins;
    }

    /** Takes a user that the store has verified into memory. */
    public void load(StoreRecord stored) {
        hold(stored);
    }

    /** Makes the first admin, who has no PIN yet. */
    public void createFirstAdmin(String name) {
        UserAccount admin = UserAccount.fresh(store.reserveIds(RecordKind.USER, 1), name, Role.ADMIN, false);
        try (SecretBytes none = SecretBytes.owning(new byte[0])) {
            save(Call.of(Call.MODULE, "initialize", name).done(), admin, none);
        }
    }

    /** Whether the module has an admin with a PIN. */
    public boolean activated() {
        return all().stream().anyMatch(UserAccount::activated);
    }

    /** Gives the first admin its PIN, once. */
    public void activate(String name, char[] pin) {
        HeldUser admin = require(name);
        synchronized (admin.lock()) {
            UserAccount account = require(name).account();
            if (account.activated()) {
                throw HsmException.moduleStateWrong("the module's admin has a PIN already;"
                        + " an admin changes it with coffer user change-password");
            }
            savePin(Call.of(Call.MODULE, "activate", name), account.withNewPin(), pin);
        }
    }

    /** Whether the user of that record is still there. */
    boolean isThere(long id) {
        return ids.contains(id);
    }

    Collection<UserAccount> all() {
        return byName.values().stream().map(HeldUser::account).toList();
    }

    HeldUser require(String name) {
        return find(name)
                .orElseThrow(
                        () -> HsmException.userNotFound("no user is called \"" + name + "\"; see coffer user list"));
    }

    Optional<HeldUser> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    synchronized void create(Call call, String name, Role role, char[] pin) {
        PinRules.requireName(name);
        if (byName.containsKey(name)) {
            throw HsmException.userExists("a user called \"" + name + "\" exists");
        }
        savePin(call, UserAccount.fresh(store.reserveIds(RecordKind.USER, 1), name, role, true), pin);
    }

    /**
     * Does what makes the user of that record an owner, if it is still there; it is not removed meanwhile. Work that waits
     * for objects has to begin before this, not within it.
     */
    <T> Optional<T> whileThere(long id, Supplier<T> work) {
        owning.readLock().lock();
        try {
            return isThere(id) ? Optional.of(work.get()) : Optional.empty();
        } finally {
            owning.readLock().unlock();
        }
    }

    /** Removes a user; {@code requireUnused} complains if the user owns anything, and whoever would give it something waits. */
    synchronized void delete(Call call, String name, Runnable requireUnused) {
        owning.writeLock().lock();
        try {
            requireUnused.run();
            delete(call, name);
        } finally {
            owning.writeLock().unlock();
        }
    }

    private void delete(Call call, String name) {
        UserAccount account = require(name).account();
        boolean lastAdmin = account.role() == Role.ADMIN
                && all().stream().filter(user -> user.role() == Role.ADMIN).count() == 1;
        if (lastAdmin) {
            throw HsmException.userInUse("\"" + name + "\" is the last admin; make another before deleting this one");
        }
        synchronized (require(name).lock()) { // no login may write the user back
            Change.Removal removal = new Change.Removal(RecordKind.USER, account.id());
            journal.apply(List.of(), List.of(removal), call.done());
            byName.remove(name);
            ids.remove(account.id());
        }
    }

    /** Whether any user's old PIN is good at this time. */
    boolean anyOldPinAt(Instant now) {
        return byName.values().stream().anyMatch(user -> user.account().hasOldPinAt(now));
    }

    /** Gives a user a new PIN, which also unlocks and activates it; the PINs from before end. */
    void setPin(Call call, String name, char[] pin) {
        HeldUser user = require(name);
        synchronized (user.lock()) {
            savePin(call, require(name).account().withNewPin(), pin);
        }
    }

    /** Gives a user a new PIN, and keeps the present one good until then. The caller holds the user's lock. */
    void setPinKeepingOld(Call call, HeldUser user, char[] pin, Instant until) {
        UserAccount account = user.account().withNewPin().withOldPinUntil(until);
        PinRules.requirePin(account.name(), pin);
        try (Verifiers before = user.verifiers();
                SecretBytes verifier = pins.verifier(pin);
                SecretBytes both = Verifiers.joined(verifier, before.present())) {
            save(
                    call.detailed(account.name() + ", the old PIN is good until " + until)
                            .done(),
                    account,
                    both);
        }
    }

    /** Forgets a user's old PIN. */
    void endOldPin(Call call, String name) {
        synchronized (require(name).lock()) {
            HeldUser user = require(name);
            try (Verifiers before = user.verifiers()) {
                save(call.done(), user.account().withoutOldPin(), before.present());
            }
        }
    }

    /** Stores the count of wrong PINs, and tells the audit log why. */
    void setFailures(AuditEvent why, HeldUser user, int failures) {
        try (SecretBytes verifiers = user.stored()) {
            save(why, user.account().withFailures(failures), verifiers);
        }
    }

    private void savePin(Call call, UserAccount account, char[] pin) {
        PinRules.requirePin(account.name(), pin);
        try (SecretBytes verifier = pins.verifier(pin)) {
            save(call.done(), account, verifier);
        }
    }

    private void save(AuditEvent event, UserAccount account, SecretBytes verifier) {
        hold(journal.apply(List.of(put(account, verifier)), List.of(), event)
                .written()
                .get(0));
    }

    private static Change.Put put(UserAccount account, SecretBytes verifier) {
        return new Change.Put(RecordKind.USER, account.id(), account.encode(), verifier);
    }

    private void hold(StoreRecord stored) {
        UserAccount account = UserAccount.decode(stored.id(), stored.attributes());
        ids.add(account.id());
        byName.compute(account.name(), (name, before) -> {
            Object lock = before == null ? new Object() : before.lock();
            return new HeldUser(account, () -> store.secret(stored), lock);
        });
    }
}
