package org.cofferhsm.hsm.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.SecretBytes;

/** The store over a database: what it says is believed only as far as the module's own keys confirm it. */
final class JdbcStore implements ObjectStore {

    private final Database database;
    private final Authentication authentication;
    private final Map<RecordKind, Long> reserved = new EnumMap<>(RecordKind.class);
    private final List<Announcement> announcements;
    private StoreState state;
    private long announced;
    private boolean verified;
    private boolean closed;
    private Optional<HsmException> stopped = Optional.empty();

    private JdbcStore(Database database, Authentication authentication) throws SQLException {
        this.database = database;
        this.authentication = authentication;
        Inspection inspection = new Inspection(new Sql(database.connection()), authentication);
        this.state = inspection.state();
        this.announcements = new ArrayList<>(inspection.announcements(state));
        this.announced = state.announced();
    }

    /** Makes the tables of a new store and the state before its first change. */
    static void create(Database database, Authentication authentication) throws SQLException {
        Sql sql = new Sql(database.connection());
        new Schema(sql, database.dialect()).create();
        new StateTable(sql).insert(StoreState.initial(authentication).row(authentication));
        database.connection().commit();
        database.force();
    }

    /** Takes over the database: it is closed with the store, and also when the store cannot be opened. */
    static JdbcStore open(Database database, Authentication authentication) {
        try {
            new Schema(new Sql(database.connection()), database.dialect()).migrate();
            JdbcStore store = new JdbcStore(database, authentication);
            database.connection().commit();
            return store;
        } catch (SQLException | RuntimeException | AssertionError | StackOverflowError e) {
            throw abandoned(database, refusal("cannot be read", database, e));
        }
    }

    /** A refusal of our own as it is; any other exception, since drivers throw all kinds over a damaged file, as one. */
    private static HsmException refusal(String what, Database database, Throwable cause) {
        if (cause instanceof HsmException refusal) {
            return refusal;
        }
        return HsmException.storeUnavailable("the store in " + database.name() + " " + what + ": " + origin(cause)
                        + "; look after the database or put back a backup")
                .causedBy(cause);
    }

    /** In the operating system's words where they are at the bottom, under several layers of a driver's. */
    private static String origin(Throwable failure) {
        String words = String.valueOf(failure.getMessage());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            words = cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : words;
        }
        return words;
    }

    private static HsmException abandoned(Database database, HsmException reason) {
        try {
            database.abandon();
        } catch (SQLException | RuntimeException | Error e) {
            reason.addSuppressed(e);
        }
        return reason;
    }

    @Override
    public synchronized List<StoreRecord> records() {
        requireRunning();
        RollCall rollCall = new RollCall(state.index(), authentication);
        try {
            new RecordTable(new Sql(database.connection())).forEach(rollCall::row);
            database.connection().commit();
            List<StoreRecord> records = rollCall.complete();
            verified = true;
            return records;
        } catch (SQLException | RuntimeException | AssertionError | StackOverflowError e) {
            throw stop(refusal("cannot be read", database, e));
        }
    }

    @Override
    public synchronized StoreRoot root() {
        requireRunning();
        return state.root();
    }

    @Override
    public synchronized List<Announcement> announcements() {
        requireRunning();
        return List.copyOf(announcements);
    }

    @Override
    public SecretBytes secret(StoreRecord record) {
        synchronized (this) {
            requireRunning();
        }
        try {
            return authentication.open(record);
        } catch (HsmException e) {
            throw e.reason() != Reason.ENCRYPTED_DATA_INVALID
                    ? e
                    : HsmException.storeTampered("the secret of " + RecordKey.of(record)
                                    + " does not belong to its attributes; put back a backup")
                            .causedBy(e);
        }
    }

    @Override
    public synchronized long reserveIds(RecordKind kind, int count) {
        requireRunning();
        long last = Math.max(reserved.getOrDefault(kind, 0L), state.lastIds().of(kind));
        reserved.put(kind, last + count);
        return last + 1;
    }

    @Override
    public synchronized List<Committed> commit(List<Change> changes) {
        requireRunning();
        if (!verified) {
            throw new IllegalStateException("the records have not been verified: call records() first");
        }
        if (changes.isEmpty()) {
            return List.of();
        }
        Draft draft = new Draft(state, announced, authentication);
        List<Committed> committed = changes.stream().map(draft::apply).toList();
        write(draft);
        adopt(draft);
        tidy();
        return committed;
    }

    private void adopt(Draft draft) {
        try {
            state = draft.end();
            announcements.removeIf(announcement -> announcement.root().change() <= state.announced());
            announcements.addAll(draft.announcements());
        } catch (RuntimeException | Error e) { // out of memory: what is durable and what is remembered may differ
            throw stop(unknown(e));
        }
    }

    /** The changes before are durable: when this fails, the next call is told and not this one. */
    private void tidy() {
        try {
            database.tidy(state.index().size());
        } catch (SQLException | IOException | RuntimeException | Error e) {
            stop(refusal("could not be copied to give space back", database, e));
        }
    }

    private void write(Draft draft) {
        try {
            draft.write(new Sql(database.connection()));
        } catch (SQLException | RuntimeException e) {
            throw rolledBack(e);
        } catch (Error e) { // what the driver left behind is anybody's guess, so nothing more may be committed
            throw stop(refusal("did not take the change, and nothing was changed", database, e));
        }
        try {
            database.connection().commit();
            database.force();
        } catch (SQLException | RuntimeException | Error e) {
            throw stop(unknown(e));
        }
    }

    private HsmException unknown(Throwable cause) {
        return HsmException.storeUnavailable("it is not known whether the last change is durable: " + database.name()
                        + " failed while it was forced to disk (" + origin(cause)
                        + "); look after the disk, then open the module again")
                .causedBy(cause);
    }

    private HsmException rolledBack(Exception cause) {
        HsmException refusal = refusal("did not take the change, and nothing was changed", database, cause);
        try {
            database.connection().rollback();
            return refusal;
        } catch (SQLException | RuntimeException | Error e) {
            refusal.addSuppressed(e);
            return stop(refusal);
        }
    }

    /** From here on every call is refused, until the store is opened again and has looked at what is there. */
    private HsmException stop(HsmException reason) {
        stopped = Optional.of(reason);
        return abandoned(database, reason);
    }

    private void requireRunning() {
        if (stopped.isPresent()) {
            HsmException reason = stopped.get();
            throw HsmException.storeUnavailable(
                            "the store has stopped; open the module again. It stopped because " + reason.getMessage())
                    .causedBy(reason);
        }
        if (closed) {
            throw HsmException.moduleLocked("the module is locked; unlock it first");
        }
    }

    @Override
    public synchronized void announced(long change) {
        if (closed || stopped.isPresent()) {
            return; // only a note for the next commit, and there is none
        }
        announced = Math.max(announced, Math.min(change, state.root().change()));
    }

    @Override
    public synchronized void close() {
        if (closed || stopped.isPresent()) {
            return;
        }
        try {
            forgetAnnounced();
        } finally {
            closed = true;
            closeDatabase();
        }
    }

    private void closeDatabase() {
        if (stopped.isPresent()) {
            return; // it was abandoned
        }
        try {
            database.close();
        } catch (SQLException | RuntimeException | Error e) {
            throw refusal("was not closed properly; nothing is lost", database, e);
        }
    }

    /** Leaves no announcement that the log has: with none, a log that lacks its end cannot pass for one that was cut off. */
    private void forgetAnnounced() {
        if (verified && state.announced() < announced) {
            Draft draft = new Draft(state, announced, authentication);
            write(draft);
            state = draft.end();
        }
    }
}
