package org.cofferhsm.hsm.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.store.Records.change;
import static org.cofferhsm.hsm.store.Records.contents;
import static org.cofferhsm.hsm.store.Records.object;
import static org.cofferhsm.hsm.store.Records.put;
import static org.cofferhsm.hsm.store.Records.removal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever database it is on. */
abstract class ObjectStoreContract {

    final RecordProtection protection = new AesGcmProtection(1);
    ObjectStore store;

    abstract ObjectStore create(RecordProtection keys);

    abstract ObjectStore open(RecordProtection keys);

    /** Runs SQL behind the back of the store, which is closed. */
    abstract void tamper(String... statements);

    @BeforeEach
    final void createStore() {
        store = create(protection);
        store.records();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    private List<StoreRecord> reopen() {
        store.close();
        store = open(protection);
        return store.records();
    }

    final Map<String, String> reopenedContents() {
        List<StoreRecord> records = reopen();
        return contents(store, records);
    }

    @Test
    void aNewStoreIsEmpty() {
        assertThat(reopen()).isEmpty();
        assertThat(store.root().change()).isZero();
        assertThat(store.announcements()).isEmpty();
    }

    @Test
    void refusesToBeMadeTwice() {
        store.close();
        refuses(() -> create(protection), Reason.MODULE_ALREADY_INITIALIZED, "there is a store already");
    }

    @Test
    void keepsRecordsOfAllKinds() {
        store.commit(List.of(change(
                "generate",
                object(1, "label=master"),
                put(RecordKind.USER, 1, "name=admin", "pin"),
                put(RecordKind.MODULE, 1, "", ""))));
        assertThat(reopenedContents())
                .containsEntry("object 0x0000000000000001", "1:label=master:secret of label=master")
                .containsEntry("user 1", "1:name=admin:pin")
                .containsEntry("module 1", "1::")
                .hasSize(3);
    }

    @Test
    void givesBackWhatItWrote() {
        Committed committed = store.commit(List.of(change("x", object(7, "a"), object(8, "b"))))
                .get(0);
        assertThat(committed.root()).isEqualTo(store.root());
        assertThat(committed.written()).extracting(StoreRecord::id).containsExactly(7L, 8L);
        assertThat(contents(store, committed.written())).isEqualTo(reopenedContents());
    }

    @Test
    void keepsBinaryAttributesAndSecretsAsTheyAre() {
        byte[] all = new byte[70_000];
        IntStream.range(0, all.length).forEach(i -> all[i] = (byte) i);
        store.commit(List.of(new Change(
                List.of(new Change.Put(RecordKind.OBJECT, Long.MAX_VALUE, all, SecretBytes.copyOf(all))),
                List.of(),
                all)));
        StoreRecord record = reopen().get(0);
        assertThat(record.id()).isEqualTo(Long.MAX_VALUE);
        assertThat(record.attributes()).isEqualTo(all);
        assertThat(store.secret(record).use(byte[]::clone)).isEqualTo(all);
        assertThat(store.announcements().get(0).content()).isEqualTo(all);
    }

    @Test
    void replacesARecordByItsNewVersion() {
        store.commit(List.of(change("x", object(1, "old"))));
        store.commit(List.of(change("x", object(2, "other"))));
        store.commit(List.of(change("x", object(1, "new"))));
        assertThat(reopenedContents())
                .containsEntry("object 0x0000000000000001", "3:new:secret of new")
                .containsEntry("object 0x0000000000000002", "2:other:secret of other");
    }

    @Test
    void forgetsARemovedRecord() {
        store.commit(List.of(change("x", object(1, "a"), object(2, "b"), object(513, "c"))));
        store.commit(List.of(removal("destroy", 1, 2)));
        assertThat(reopenedContents()).containsOnlyKeys("object 0x0000000000000201");
    }

    @Test
    void appliesTheChangesOfABatchInTheirOrder() {
        store.commit(List.of(change("x", object(1, "kept"))));
        List<Committed> committed = store.commit(List.of(
                change("make", object(2, "short-lived"), object(3, "first")),
                change("again", object(3, "second")),
                removal("destroy", 2),
                change("once more", object(4, "a")),
                removal("destroy", 4, 1),
                change("back", object(1, "returned"))));
        assertThat(committed).extracting(each -> each.root().change()).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(committed).extracting(each -> each.root().digest()).doesNotHaveDuplicates();
        assertThat(reopenedContents())
                .containsEntry("object 0x0000000000000003", "3:second:secret of second")
                .containsEntry("object 0x0000000000000001", "7:returned:secret of returned")
                .hasSize(2);
    }

    @Test
    void theRootSurvivesAndDependsOnEveryChange() {
        List<StoreRoot> roots = new ArrayList<>(List.of(store.root()));
        for (int i = 1; i <= 3; i++) {
            store.commit(List.of(change("x", object(1, "same"))));
            roots.add(store.root());
            reopen();
            assertThat(store.root()).isEqualTo(roots.get(i));
        }
        assertThat(roots).extracting(StoreRoot::change).containsExactly(0L, 1L, 2L, 3L);
        assertThat(roots).extracting(StoreRoot::digest).doesNotHaveDuplicates();
    }

    @Test
    void keepsAnnouncementsUntilTheLogHasThem() {
        List<Committed> committed = store.commit(List.of(change("one", object(1, "a")), change("two", object(2, "b"))));
        reopen();
        assertThat(announcements()).containsExactly("1 one", "2 two");
        assertThat(store.announcements())
                .extracting(Announcement::root)
                .containsExactly(committed.get(0).root(), committed.get(1).root());
        store.announced(1);
        assertThat(announcements()).as("kept until the next commit").containsExactly("1 one", "2 two");
        store.commit(List.of(change("three")));
        assertThat(announcements()).containsExactly("2 two", "3 three");
        reopen();
        assertThat(announcements()).containsExactly("2 two", "3 three");
    }

    @Test
    void closingLeavesNoAnnouncementThatTheLogHas() {
        store.commit(List.of(change("one", object(1, "a")), change("two", object(2, "b"))));
        StoreRoot root = store.root();
        store.announced(2);
        reopen();
        assertThat(announcements()).isEmpty();
        assertThat(store.root()).isEqualTo(root);
    }

    @Test
    void doesNotForgetAnnouncementsThatAreNotMadeYet() {
        store.announced(100);
        store.commit(List.of(change("one", object(1, "a"))));
        reopen();
        assertThat(announcements()).containsExactly("1 one");
    }

    private List<String> announcements() {
        return store.announcements().stream().map(Records::text).toList();
    }

    @Test
    void reservesEachIdOnce() {
        assertThat(store.reserveIds(RecordKind.OBJECT, 1)).isEqualTo(1);
        assertThat(store.reserveIds(RecordKind.OBJECT, 10)).isEqualTo(2);
        assertThat(store.reserveIds(RecordKind.OBJECT, 1)).isEqualTo(12);
        assertThat(store.reserveIds(RecordKind.USER, 1)).isEqualTo(1);
    }

    @Test
    void neverReservesAnIdThatARemovedRecordHad() {
        long id = store.reserveIds(RecordKind.OBJECT, 5) + 4;
        store.commit(List.of(change("make", object(id, "a"))));
        store.commit(List.of(removal("destroy", id)));
        reopen();
        assertThat(store.reserveIds(RecordKind.OBJECT, 1)).isEqualTo(id + 1);
    }

    @Test
    void refusesToRemoveWhatIsNotThereAndChangesNothing() {
        store.commit(List.of(change("x", object(1, "a"))));
        StoreRoot before = store.root();
        refuses(
                () -> store.commit(List.of(change("x", object(2, "b")), removal("x", 3))),
                Reason.ARGUMENT_INVALID,
                "no object 0x0000000000000003");
        assertThat(store.root()).isEqualTo(before);
        assertThat(reopenedContents()).containsOnlyKeys("object 0x0000000000000001");
        assertThat(store.root()).isEqualTo(before);
    }

    @Test
    void refusesAnIdThatIsNotPositive() {
        refuses(() -> store.commit(List.of(change("x", object(0, "a")))), Reason.ARGUMENT_INVALID, "positive");
    }

    @Test
    void refusesARecordThatIsTooLong() {
        String tooLong = "a".repeat(Draft.MAX_BYTES + 1);
        refuses(() -> store.commit(List.of(change("x", object(1, tooLong)))), Reason.DATA_LENGTH_RANGE, "attributes");
        refuses(
                () -> store.commit(List.of(change("x", put(RecordKind.OBJECT, 1, "", tooLong)))),
                Reason.DATA_LENGTH_RANGE,
                "secret");
        refuses(() -> store.commit(List.of(change(tooLong))), Reason.DATA_LENGTH_RANGE, "announcement");
        assertThat(store.root().change()).isZero();
    }

    @Test
    void anEmptyBatchChangesNothing() {
        assertThat(store.commit(List.of())).isEmpty();
        assertThat(store.root().change()).isZero();
    }

    @Test
    void doesNotCommitBeforeTheRecordsAreVerified() {
        store.close();
        store = open(protection);
        assertThatThrownBy(() -> store.commit(List.of(change("x", object(1, "a")))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("records()");
    }

    @Test
    void refusesAnotherMasterKey() {
        store.commit(List.of(change("x", object(1, "a"))));
        store.close();
        refuses(() -> open(new AesGcmProtection(2)), Reason.STORE_TAMPERED, "another master key");
    }

    @Test
    void doesNotOpenASecretWithOtherAttributes() {
        StoreRecord record = store.commit(List.of(change("x", object(1, "a"))))
                .get(0)
                .written()
                .get(0);
        StoreRecord altered =
                new StoreRecord(record.kind(), record.id(), record.version(), "b".getBytes(UTF_8), record.sealed());
        refuses(() -> store.secret(altered), Reason.STORE_TAMPERED, "object 0x0000000000000001");
    }

    @Test
    void takesChangesFromSeveralThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Callable<Void> work = () -> {
            for (int i = 0; i < 5; i++) {
                long id = store.reserveIds(RecordKind.OBJECT, 1);
                store.commit(List.of(change("x", object(id, "n" + id))));
            }
            return null;
        };
        for (Future<Void> done : threads.invokeAll(List.of(work, work, work, work))) {
            done.get();
        }
        threads.shutdown();
        assertThat(reopen())
                .extracting(StoreRecord::id)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(store.root().change()).isEqualTo(20);
    }

    @Test
    void survivesTheInterruptionOfACaller() {
        Thread.currentThread().interrupt();
        store.commit(List.of(change("x", object(1, "a"))));
        assertThat(Thread.interrupted()).as("the caller still learns of it").isTrue();
        store.commit(List.of(change("x", object(2, "b"))));
        assertThat(reopen()).hasSize(2);
    }

    @Test
    void refusesASchemaOfANewerRelease() {
        store.close();
        tamper("UPDATE coffer_schema SET version = 2");
        refuses(() -> open(protection), Reason.STORE_VERSION_UNSUPPORTED, "schema version 2", "a newer release");
    }

    @Test
    void refusesASchemaWithoutVersion() {
        store.close();
        tamper("DELETE FROM coffer_schema");
        refuses(() -> open(protection), Reason.STORE_TAMPERED, "coffer_schema");
    }

    static void refuses(ThrowingCallable call, Reason reason, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContainingAll(words);
    }
}
