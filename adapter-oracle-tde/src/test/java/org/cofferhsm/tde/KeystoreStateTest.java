package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.KeystoreStatus.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Open, closed, without a master key, with a missing one: what a DBA sees and what a database may do. */
class KeystoreStateTest {
    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private Session session;
    private TdeKeystore keystore;

    @BeforeEach
    void login() {
        session = MODULE.login();
        keystore = new TdeKeystore(session);
    }

    private Status status(TdeKeystore of) {
        return of.status().stream()
                .filter(row -> row.container().isSameAs(of.container()))
                .map(KeystoreStatus::status)
                .findFirst()
                .orElseThrow();
    }

    private WrappedTablespaceKey wrapNew(TdeKeystore of) {
        try (TablespaceKey key = of.generate(TablespaceAlgorithm.AES256)) {
            return of.wrap(key);
        }
    }

    /** What takes two steps, since master keys are guarded. */
    private void retire(MasterKeyId id) {
        KeyId handle = session.find(id.label()).of(ObjectClass.SECRET_KEY).one();
        assertRefused(Reason.KEY_NOT_DESTROYABLE, () -> session.destroy(handle));
        session.change(handle, Attributes.of(Attribute.DESTROYABLE, true));
        session.destroy(handle);
    }

    @Test
    void hasNoMasterKeyAtFirst() {
        assertThat(status(keystore)).isEqualTo(Status.OPEN_NO_MASTER_KEY);
        keystore.createKey("for later");
        assertThat(keystore.currentMasterKey()).isEmpty();
    }

    @Test
    void isOpenWithAMasterKey() {
        keystore.setKey("");

        assertThat(status(keystore)).isEqualTo(Status.OPEN);
        assertThat(keystore.status().get(0).columns())
                .containsEntry("WRL_TYPE", "HSM")
                .containsEntry("WALLET_TYPE", "HSM")
                .containsEntry("WALLET_ORDER", "SINGLE")
                .containsEntry("STATUS", "OPEN")
                .containsEntry("KEYSTORE_MODE", "NONE");
    }

    @Test
    void letsNobodyUseItWhileItIsClosed() {
        keystore.setKey("");
        WrappedTablespaceKey wrapped = wrapNew(keystore);
        keystore.close();

        assertThat(status(keystore)).isEqualTo(Status.CLOSED);
        for (Runnable use : new Runnable[] {
            () -> keystore.unwrap(wrapped),
            () -> wrapNew(keystore),
            () -> keystore.setKey("x"),
            () -> keystore.createKey("x"),
            () -> keystore.rewrap(wrapped)
        }) {
            assertRefused(Reason.MODULE_STATE_WRONG, use::run)
                    .hasMessageContaining("ORA-28365")
                    .hasMessageContaining("coffer tde open");
        }
        assertThat(keystore.encryptionKeys()).hasSize(1);

        keystore.open();
        try (TablespaceKey back = keystore.unwrap(wrapped)) {
            assertThat(back.algorithm()).isEqualTo(TablespaceAlgorithm.AES256);
        }
    }

    @Test
    void staysClosedOverARestart(@TempDir Path home) {
        TestModule module = TestModule.create(home, "hr");
        module.as("hr", login -> {
            new TdeKeystore(login).setKey("");
            new TdeKeystore(login).close();
            return "";
        });

        Status restarted = module.as("hr", login -> status(new TdeKeystore(login)));
        assertThat(restarted).isEqualTo(Status.CLOSED);
    }

    @Test
    void closesItsUnitedContainersWithTheRoot() {
        TdeKeystore hr = new TdeKeystore(session, Container.united("HRPDB"));
        hr.setKey("hr");
        keystore.close();

        assertThat(status(hr)).isEqualTo(Status.CLOSED);
        assertRefused(Reason.MODULE_STATE_WRONG, () -> wrapNew(hr));
        keystore.open();
        hr.close();
        assertThat(status(hr)).isEqualTo(Status.CLOSED);
        assertThat(status(keystore)).isEqualTo(Status.OPEN_NO_MASTER_KEY);
    }

    @Test
    void tellsWhatIsSoAlready() {
        assertRefused(Reason.MODULE_STATE_WRONG, keystore::open).hasMessageContaining("ORA-28354");
        keystore.close();
        assertRefused(Reason.MODULE_STATE_WRONG, keystore::close).hasMessageContaining("ORA-28365");
    }

    @Test
    void doesNotOpenWithoutItsMasterKey() {
        MasterKey gone = keystore.setKey("gone");
        WrappedTablespaceKey wrapped = wrapNew(keystore);
        keystore.close();
        retire(gone.id());

        assertRefused(Reason.KEY_NOT_FOUND, keystore::open)
                .hasMessageContaining("ORA-28353")
                .hasMessageContaining(gone.id().toString());
        assertThat(status(keystore)).isEqualTo(Status.CLOSED);
        assertThat(wrapped.masterKey()).isEqualTo(gone.id());
    }

    /** Also while its handle is still in the keystore's memory. */
    @Test
    void namesAMasterKeyThatWasDestroyedMeanwhile() {
        MasterKey gone = keystore.setKey("gone");
        WrappedTablespaceKey backup = wrapNew(keystore);
        retire(gone.id());

        assertRefused(Reason.KEY_NOT_FOUND, () -> keystore.unwrap(backup))
                .hasMessageContaining("ORA-28362")
                .hasMessageContaining(gone.id().toString());
        assertThat(status(keystore)).isEqualTo(Status.OPEN_NO_MASTER_KEY);
        assertThat(keystore.encryptionKeys().get(0).columns()).containsEntry("IN_MODULE", "NO");

        keystore.setKey("new");
        assertThat(status(keystore)).isEqualTo(Status.OPEN);
        assertThat(keystore.status().get(0).detail()).startsWith("1 older master key");
    }

    /** What a restore would do, or a copy of the key from another token. */
    @Test
    void goesOnWhenItsMasterKeyIsBack() {
        MasterKey master = keystore.setKey("");
        WrappedTablespaceKey wrapped = wrapNew(keystore);
        KeyId handle = session.find(master.id().label()).one();
        session.copy(handle, Attributes.NONE);
        retire(master.id(), handle);

        try (TablespaceKey back = keystore.unwrap(wrapped)) {
            assertThat(back.algorithm()).isEqualTo(TablespaceAlgorithm.AES256);
        }
    }

    private void retire(MasterKeyId id, KeyId handle) {
        session.change(handle, Attributes.of(Attribute.DESTROYABLE, true));
        session.destroy(handle);
        assertThat(session.find(id.label()).list()).hasSize(1);
    }

    @Test
    void doesNotTakeAnObjectForItsMasterKey() {
        MasterKey master = keystore.setKey("");
        keystore.close();
        retire(master.id());
        session.generate(KeyTemplate.aes(256).labelled(master.id().label()).allowing(Usage.SIGN));

        assertRefused(Reason.KEY_FUNCTION_NOT_PERMITTED, keystore::open).hasMessageContaining("ORA-28353");
    }

    @Test
    void listsMasterKeysThatOracleMade() {
        session.generate(KeyTemplate.aes(256)
                .labelled("ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080")
                .allowing(Usage.ENCRYPT, Usage.DECRYPT)
                .with(Attribute.MODIFIABLE, false));
        session.generate(KeyTemplate.aes(256)
                .labelled("ORACLE.TSE.HSM.MK.079F37D091A73D4F13BF2CE921EB2CF0800203")
                .allowing(Usage.ENCRYPT, Usage.DECRYPT));
        session.create(
                Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                        .with(Attribute.LABEL, "ORACLE.SECURITY.KM.ENCRYPTION.3036"),
                "metadata".getBytes(StandardCharsets.US_ASCII));

        assertThat(status(keystore)).isEqualTo(Status.OPEN_UNKNOWN_MASTER_KEY_STATUS);
        assertThat(keystore.encryptionKeys())
                .extracting(EncryptionKey::hex, EncryptionKey::keyId)
                .containsExactly(
                        tuple(
                                "069F37D091A73D4F13BF2CE921EB2CF080",
                                "Bp830JGnPU8TvyzpIess8IAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                        tuple(
                                "079F37D091A73D4F13BF2CE921EB2CF0800203",
                                "B5830JGnPU8TvyzpIess8IACAwAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        assertThat(keystore.encryptionKeys().get(0).columns())
                .containsEntry("ORIGIN", "LOCAL")
                .containsEntry("KEYSTORE_TYPE", "HSM")
                .containsEntry("CREATION_TIME", "");
    }

    @Test
    void createsUsesAndTagsAsThreeSteps() {
        MasterKey first = keystore.setKey("first");
        MasterKey prepared = keystore.createKey("prepared");
        assertThat(keystore.currentMasterKey()).contains(first);

        keystore.useKey(prepared.id());
        keystore.setTag(prepared.id(), "in use");
        keystore.useKey(first.id());

        assertThat(keystore.masterKeys())
                .extracting(MasterKey::id, MasterKey::tag, MasterKey::current)
                .containsExactly(tuple(prepared.id(), "in use", false), tuple(first.id(), "first", true));
        EncryptionKey row = keystore.encryptionKeys().get(1);
        assertThat(row.columns())
                .containsEntry("MASTER_KEY", "CURRENT")
                .containsEntry("CREATOR", session.user().name())
                .containsEntry("CREATOR_PDBNAME", "CDB$ROOT");
    }

    @Test
    void refusesToUseAMasterKeyThatIsNotThere() {
        assertRefused(Reason.KEY_NOT_FOUND, () -> keystore.useKey(MasterKeyId.ofRandom(new byte[16])))
                .hasMessageContaining("ORA-28362");
    }

    @Test
    void saysSoWhenItCannotReadItsRecords() {
        session.create(
                Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                        .with(Attribute.LABEL, KeyEvent.label(1))
                        .with(Attribute.APPLICATION, KeyEvent.APPLICATION),
                "coffer-tde-event 2\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(status(keystore)).isEqualTo(Status.UNDEFINED);
        assertRefused(Reason.STORE_VERSION_UNSUPPORTED, () -> keystore.setKey("x"));
    }
}
