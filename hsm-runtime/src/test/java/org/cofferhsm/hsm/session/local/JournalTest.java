package org.cofferhsm.hsm.session.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.cofferhsm.hsm.audit.AuditEvent;
import org.cofferhsm.hsm.audit.AuditKeys;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.audit.AuditReader;
import org.cofferhsm.hsm.audit.AuditSettings;
import org.cofferhsm.hsm.crypto.CheckpointKey;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.MacKey;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.store.Announcement;
import org.cofferhsm.hsm.store.Change;
import org.cofferhsm.hsm.store.Committed;
import org.cofferhsm.hsm.store.ObjectStore;
import org.cofferhsm.hsm.store.RecordKind;
import org.cofferhsm.hsm.store.StoreRecord;
import org.cofferhsm.hsm.store.StoreRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What those who wait for a change hear when the store or the log fails under it. */
@Timeout(30)
class JournalTest {

    private static final Octets MODULE = Octets.ofHex("00112233445566778899aabbccddeeff");

    @TempDir
    Path directory;

    private final ModuleCondition condition = new ModuleCondition();
    private final BreakableStore store = new BreakableStore();
    private AuditLog audit;
    private Journal journal;

    @BeforeEach
    void open() {
        Engine engine = Engine.withoutNativeCode();
        MacKey macKey = new MacKey(engine, SecretBytes.owning(new byte[32]));
        AuditSettings settings = AuditSettings.of(MODULE).withSegmentBytes(128 << 10);
        audit = AuditLog.open(directory, new Keys(macKey, CheckpointKey.generate(engine)), settings);
        journal = new Journal(store, audit, condition);
    }

    @AfterEach
    void close() {
        audit.close();
    }

    @Test
    void anErrorOfTheStoreIsHeardAndTheNextChangeIsMade() {
        store.before = change -> {
            throw new OutOfMemoryError("as a test");
        };
        assertThatThrownBy(() -> apply("first")).hasRootCauseInstanceOf(OutOfMemoryError.class);

        store.before = change -> {};
        assertThat(apply("second").root().change()).isEqualTo(1);
        assertThat(condition.failed()).isFalse();
    }

    @Test
    void nothingFollowsAChangeThatCouldNotBeRecorded() {
        store.before = change -> audit.close();

        assertRefused(Reason.AUDIT_UNAVAILABLE, () -> apply("unrecorded"));
        assertThat(condition.failed()).isTrue();
        assertRefused(Reason.MODULE_IN_ERROR, () -> apply("next"));
        assertThat(store.committed).containsExactly("unrecorded");
    }

    @Test
    void oneBadChangeDoesNotFailThoseThatArriveWithIt() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        store.before = operation -> {
            if (operation.equals("first")) {
                first.countDown();
                await(go);
            } else if (operation.equals("bad")) {
                throw HsmException.dataLengthRange("too long for the store: " + operation);
            }
        };
        List<CompletableFuture<Committed>> outcomes = new ArrayList<>(List.of(start("first")));
        first.await();
        for (String operation : List.of("good", "bad", "better")) {
            outcomes.add(startAndWaitUntilQueued(operation));
        }
        go.countDown();

        assertThat(outcomes.get(0).get().root().change()).isEqualTo(1);
        outcomes.get(1).get();
        assertRefused(Reason.DATA_LENGTH_RANGE, () -> {
            throw outcomes.get(2).handle((done, failure) -> failure).get();
        });
        outcomes.get(3).get();
        assertThat(store.committed).containsExactlyInAnyOrder("first", "good", "better");
        assertThat(AuditReader.of(directory).read(1, 10))
                .extracting(record -> record.event().operation())
                .containsExactlyElementsOf(store.committed);
        assertThat(store.announced).isEqualTo(3);
    }

    private Committed apply(String operation) {
        return journal.apply(List.of(), List.of(), event(operation));
    }

    private static AuditEvent event(String operation) {
        return new AuditEvent("alice", operation, 0, "OK", "", Octets.EMPTY, Optional.empty());
    }

    private CompletableFuture<Committed> start(String operation) {
        CompletableFuture<Committed> outcome = new CompletableFuture<>();
        run(operation, outcome);
        return outcome;
    }

    private CompletableFuture<Committed> startAndWaitUntilQueued(String operation) throws InterruptedException {
        CompletableFuture<Committed> outcome = new CompletableFuture<>();
        Thread thread = run(operation, outcome);
        while (thread.getState() != Thread.State.WAITING) { // for the one who writes
            Thread.sleep(1);
        }
        return outcome;
    }

    private Thread run(String operation, CompletableFuture<Committed> outcome) {
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(apply(operation));
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Keys(MacKey macKey, CheckpointKey checkpointKey) implements AuditKeys {

        @Override
        public byte[] mac(byte[] hash) {
            return macKey.mac(hash);
        }

        @Override
        public byte[] sign(byte[] checkpoint) {
            return checkpointKey.sign(checkpoint);
        }

        @Override
        public byte[] publicKey() {
            return checkpointKey.publicKey();
        }
    }

    /** Keeps the names of the changes in memory, all of a batch or none, and breaks as it is told. */
    private static final class BreakableStore implements ObjectStore {

        private final List<String> committed = new ArrayList<>();
        private volatile Consumer<String> before = operation -> {};
        private long announced;

        @Override
        public List<Committed> commit(List<Change> changes) {
            List<String> operations = changes.stream()
                    .map(change -> AuditEvent.decode(change.announcement()).operation())
                    .toList();
            operations.forEach(before);
            List<Committed> outcome = new ArrayList<>();
            for (String operation : operations) {
                committed.add(operation);
                outcome.add(new Committed(root(), List.of()));
            }
            return outcome;
        }

        @Override
        public StoreRoot root() {
            return new StoreRoot(committed.size(), Octets.of(new byte[32]));
        }

        @Override
        public void announced(long change) {
            announced = change;
        }

        @Override
        public List<StoreRecord> records() {
            return List.of();
        }

        @Override
        public List<Announcement> announcements() {
            return List.of();
        }

        @Override
        public SecretBytes secret(StoreRecord record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long reserveIds(RecordKind kind, int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
