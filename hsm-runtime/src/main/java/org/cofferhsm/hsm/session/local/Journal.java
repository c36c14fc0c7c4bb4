package org.cofferhsm.hsm.session.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.cofferhsm.hsm.audit.AuditEvent;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.store.Change;
import org.cofferhsm.hsm.store.Committed;
import org.cofferhsm.hsm.store.ObjectStore;

/**
 * Makes changes: durable in the store, then recorded durably in the audit log with the store's new root, then
 * acknowledged. Changes that arrive together share one transaction and one forced write.
 *
 * <p>When the process ends between store and log, the store still holds the change's announcement and the log gets its
 * record when the module is opened again ({@link #catchUp}); the change was not acknowledged.
 */
public final class Journal {

    private final ObjectStore store;
    private final AuditLog audit;
    private final ModuleCondition condition;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private boolean unrecorded;

    public Journal(ObjectStore store, AuditLog audit, ModuleCondition condition) {
        this.store = store;
        this.audit = audit;
        this.condition = condition;
    }

    /** Records the changes that became durable without their record, because the process ended in between. */
    public void catchUp(long lastRecorded) {
        List<AuditEvent> missing = store.announcements().stream()
                .filter(announcement -> announcement.root().change() > lastRecorded)
                .map(announcement -> AuditEvent.decode(announcement.content())
                        .marked(
                                announcement.root().change(),
                                announcement.root().digest()))
                .toList();
        audit.recordDurably(missing);
        store.announced(store.root().change());
    }

    /** Makes one change; it is durable and recorded when this returns. */
    Committed apply(List<Change.Put> puts, List<Change.Removal> removals, AuditEvent event) {
        Waiting mine = new Waiting(new Change(puts, removals, event.encode()), event, new CompletableFuture<>());
        queue.add(mine);
        writing.lock();
        try {
            if (!mine.outcome.isDone()) {
                applyQueued();
            }
        } finally {
            abandon(mine);
            writing.unlock();
        }
        try {
            return mine.outcome.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof HsmException refusal ? refusal : e;
        }
    }

    /** Lets a change go that is still in the queue because even the taking of it from there failed. */
    private void abandon(Waiting mine) {
        if (!mine.outcome.isDone()) {
            queue.remove(mine);
            mine.outcome.completeExceptionally(HsmException.internal("the change was not begun; try again"));
        }
    }

    private void applyQueued() {
        List<Waiting> batch = new ArrayList<>();
        try {
            for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
                batch.add(next);
                queue.remove();
            }
        } finally { // without memory for more than these, these
            applyAll(batch);
        }
    }

    /** Whatever goes wrong, those who wait hear of it. */
    private void applyAll(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            commit(batch).ifPresent(committed -> finish(batch, committed));
        } catch (RuntimeException | Error e) {
            batch.forEach(waiting -> waiting.outcome.completeExceptionally(e));
        }
    }

    /** Nothing when the changes were tried one by one, since one that is refused must not keep the others out. */
    private Optional<List<Committed>> commit(List<Waiting> batch) {
        condition.requireOperational();
        requireRecorded();
        audit.reserve(batch.size());
        try {
            return Optional.of(store.commit(batch.stream().map(Waiting::change).toList()));
        } catch (RuntimeException e) {
            if (batch.size() == 1
                    || e instanceof HsmException refusal && refusal.reason() == Reason.STORE_UNAVAILABLE) {
                throw e;
            }
            batch.forEach(one -> applyAll(List.of(one)));
            return Optional.empty();
        }
    }

    private void finish(List<Waiting> batch, List<Committed> committed) {
        recordAll(batch, committed);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).outcome.complete(committed.get(i));
        }
        store.announced(committed.get(committed.size() - 1).root().change());
    }

    /** A change that is stored but cannot be recorded must not be acknowledged, and nothing may build on it. */
    private void recordAll(List<Waiting> batch, List<Committed> committed) {
        unrecorded = true;
        try {
            audit.recordDurably(events(batch, committed));
            unrecorded = false;
        } catch (RuntimeException | Error e) {
            HsmException failure = unrecorded(e);
            condition.fail(failure);
            throw failure;
        }
    }

    private static HsmException unrecorded(Throwable cause) {
        return cause instanceof HsmException refusal
                ? refusal
                : HsmException.internal(
                                "a change was stored but could not be recorded in the audit log (" + cause + ")")
                        .causedBy(cause);
    }

    private void requireRecorded() {
        if (unrecorded) {
            throw HsmException.moduleInError(
                    "a change was stored but not recorded, so nothing may follow it; open the module again");
        }
    }

    private static List<AuditEvent> events(List<Waiting> batch, List<Committed> committed) {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            events.add(batch.get(i)
                    .event
                    .marked(
                            committed.get(i).root().change(),
                            committed.get(i).root().digest()));
        }
        return events;
    }

    private record Waiting(Change change, AuditEvent event, CompletableFuture<Committed> outcome) {}
}
