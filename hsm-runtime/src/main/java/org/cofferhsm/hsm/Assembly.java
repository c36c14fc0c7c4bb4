package org.cofferhsm.hsm;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cofferhsm.hsm.audit.AuditEvent;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.audit.AuditSettings;
import org.cofferhsm.hsm.crypto.CheckpointKey;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.KeyCodec;
import org.cofferhsm.hsm.crypto.MacKey;
import org.cofferhsm.hsm.crypto.Mechanisms;
import org.cofferhsm.hsm.crypto.PinHash;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.seal.MasterKey;
import org.cofferhsm.hsm.seal.SealedMasterKey;
import org.cofferhsm.hsm.session.local.Authentication;
import org.cofferhsm.hsm.session.local.Journal;
import org.cofferhsm.hsm.session.local.ModuleCondition;
import org.cofferhsm.hsm.session.local.ModuleParts;
import org.cofferhsm.hsm.session.local.Pins;
import org.cofferhsm.hsm.session.local.Recorder;
import org.cofferhsm.hsm.session.local.TicketSeal;
import org.cofferhsm.hsm.session.local.Tickets;
import org.cofferhsm.hsm.session.local.TokenObjects;
import org.cofferhsm.hsm.session.local.UserAccounts;
import org.cofferhsm.hsm.store.Change;
import org.cofferhsm.hsm.store.H2Store;
import org.cofferhsm.hsm.store.ModuleLock;
import org.cofferhsm.hsm.store.ObjectStore;
import org.cofferhsm.hsm.store.RecordKind;
import org.cofferhsm.hsm.store.StoreRecord;

/** Puts an unlocked module together, by plain constructor calls; what fails half-way is taken apart again. */
final class Assembly {

    private static final int MEMO_KEY_BYTES = 32;
    private static final int SESSION_OBJECTS_PER_MILLISECOND_BITS = 20;
    private static final byte[] NO_ATTRIBUTES = {};

    private final HsmConfig config;
    private final ModuleLock ownership;
    private final ModuleDirectory directory;
    private final Engine engine;
    /** For the log's checkpoints: few, and not worth loading a native library in each short command. */
    private final Engine javaEngine = Engine.withoutNativeCode();

    private final ModuleCondition condition = new ModuleCondition();
    private final Resources resources = new Resources();

    private Assembly(HsmConfig config, ModuleLock ownership) {
        this.config = config;
        this.ownership = ownership;
        this.engine = config.nativeCode() ? Engine.fastest() : javaEngine;
        this.directory = new ModuleDirectory(ownership.home());
    }

    /** A new module in an empty directory. */
    static OpenModule create(HsmConfig config, ModuleLock ownership, Seal seal) {
        Assembly assembly = new Assembly(config, ownership);
        return assembly.orNothing(() -> assembly.create(seal));
    }

    /** The module that is there. */
    static OpenModule open(HsmConfig config, ModuleLock ownership, Seal seal) {
        Assembly assembly = new Assembly(config, ownership);
        return assembly.orNothing(() -> assembly.open(seal));
    }

    private OpenModule orNothing(Supplier<OpenModule> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            try {
                resources.close();
            } catch (RuntimeException | Error second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private OpenModule create(Seal seal) {
        MasterKey master =
                resources.keep(SealedMasterKey.in(directory.home(), engine).create(SealSecrets.of(seal)));
        ModuleKeys keys = resources.keep(derive(master));
        ObjectStore store = resources.keep(H2Store.create(ownership, master.module(), keys));
        List<StoreRecord> none = store.records();
        CheckpointKey checkpointKey = CheckpointKey.generate(javaEngine);
        storeCheckpointKey(store, checkpointKey);
        OpenModule module = assemble(master, keys, new Loaded(store, none, checkpointKey));
        module.parts().accounts().createFirstAdmin(Hsm.FIRST_ADMIN);
        return module;
    }

    private OpenModule open(Seal seal) {
        MasterKey master =
                resources.keep(SealedMasterKey.in(directory.home(), engine).open(SealSecrets.of(seal)));
        ModuleKeys keys = resources.keep(derive(master));
        ObjectStore store = resources.keep(H2Store.open(ownership, master.module(), keys));
        List<StoreRecord> records = store.records();
        return assemble(master, keys, new Loaded(store, records, checkpointKey(store, records)));
    }

    private ModuleKeys derive(MasterKey master) {
        try (SecretBytes copy = master.use(SecretBytes::copyOf)) {
            return ModuleKeys.derive(engine, copy);
        }
    }

    /** The first change of the store; its audit record follows when the log is opened with this key. */
    private void storeCheckpointKey(ObjectStore store, CheckpointKey checkpointKey) {
        AuditEvent event = new AuditEvent("", "initialize", 0, "OK", "a new module", Octets.EMPTY, Optional.empty());
        try (SecretBytes key = checkpointKey.encoded()) {
            long id = store.reserveIds(RecordKind.MODULE, 1);
            Change.Put put = new Change.Put(RecordKind.MODULE, id, NO_ATTRIBUTES, key);
            store.commit(List.of(new Change(List.of(put), List.of(), event.encode())));
        }
    }

    private OpenModule assemble(MasterKey master, ModuleKeys keys, Loaded loaded) {
        ObjectStore store = loaded.store();
        LogKeys logKeys = new LogKeys(keys.auditMac(), loaded.checkpointKey());
        AuditSettings settings = AuditSettings.of(master.module()).withSyncEveryUse(config.syncEveryUse());
        AuditLog audit = resources.keep(AuditLog.open(directory.audit(), logKeys, settings));
        Optional<ChangeMark> recorded = audit.lastChange();
        Continuity.require(store.root(), store.announcements(), recorded);
        Journal journal = new Journal(store, audit, condition);
        journal.catchUp(recorded.map(ChangeMark::change).orElse(0L));
        ModuleParts parts = parts(keys, store, journal, new LogReading(directory.audit(), audit, logKeys));
        load(loaded.records(), parts);
        return new OpenModule(parts, condition, audit, master, resources);
    }

    private CheckpointKey checkpointKey(ObjectStore store, List<StoreRecord> records) {
        StoreRecord stored = records.stream()
                .filter(one -> one.kind() == RecordKind.MODULE)
                .findFirst()
                .orElseThrow(() -> HsmException.storeTampered("the key of the audit log's checkpoints is missing"));
        try (SecretBytes encoded = store.secret(stored)) {
            return CheckpointKey.decode(javaEngine, encoded);
        }
    }

    private ModuleParts parts(ModuleKeys keys, ObjectStore store, Journal journal, LogReading reading) {
        Pins pins = new Pins(new PinHash(engine, keys.pinPepper()), memoKey());
        UserAccounts accounts = new UserAccounts(store, journal, pins);
        Mechanisms mechanisms = Mechanisms.standard(engine);
        mechanisms.onFailure(condition::fail);
        Clock clock = config.clock();
        Tickets.Term term = new Tickets.Term(clock, config.ticketLifetime());
        return new ModuleParts(
                new TokenObjects(store, journal),
                accounts,
                new Authentication(accounts, pins, reading.log(), clock),
                new Tickets(new TicketSeal(keys.tickets()), accounts, reading.log(), term),
                reading,
                new Recorder(reading.log(), condition),
                mechanisms,
                KeyCodec.standard(engine),
                engine,
                firstSessionObject(),
                ConcurrentHashMap.newKeySet(),
                clock);
    }

    /** Above all numbers of earlier openings, so that a handle from before a restart never means another object. */
    private static AtomicLong firstSessionObject() {
        return new AtomicLong(System.currentTimeMillis() << SESSION_OBJECTS_PER_MILLISECOND_BITS);
    }

    private MacKey memoKey() {
        try (SecretBytes random = SecretBytes.owning(engine.randomBytes(MEMO_KEY_BYTES))) {
            return resources.keep(new MacKey(engine, random));
        }
    }

    private static void load(List<StoreRecord> records, ModuleParts parts) {
        for (StoreRecord stored : records) {
            switch (stored.kind()) {
                case OBJECT -> parts.tokenObjects().load(stored);
                case USER -> parts.accounts().load(stored);
                case MODULE -> {} // the checkpoint key, which the log has
            }
        }
    }

    /** An open store with what was in it. */
    private record Loaded(ObjectStore store, List<StoreRecord> records, CheckpointKey checkpointKey) {}
}
