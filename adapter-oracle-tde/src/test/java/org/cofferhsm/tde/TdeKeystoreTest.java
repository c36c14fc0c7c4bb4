package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TdeKeystoreTest {
    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private Session session;
    private TdeKeystore keystore;

    @BeforeEach
    void login() {
        session = MODULE.login();
        keystore = new TdeKeystore(session);
    }

    private WrappedTablespaceKey wrapNew(TablespaceAlgorithm algorithm) {
        try (TablespaceKey key = keystore.generate(algorithm)) {
            return keystore.wrap(key);
        }
    }

    private KeyId handle(MasterKeyId id) {
        return session.find(id.label()).one();
    }

    @Test
    void makesMasterKeysThatNeverLeave() {
        MasterKey master = keystore.setKey("first");

        Attributes attributes = session.describe(handle(master.id())).attributes();
        assertThat(attributes.is(Attribute.SENSITIVE)).isTrue();
        assertThat(attributes.is(Attribute.EXTRACTABLE)).isFalse();
        assertThat(attributes.is(Attribute.NEVER_EXTRACTABLE)).isTrue();
        assertThat(attributes.get(Attribute.VALUE_LENGTH)).isEqualTo(32);
        assertRefused(Reason.KEY_UNEXTRACTABLE, () -> session.value(handle(master.id())));
    }

    @Test
    void listsMasterKeysInTheOrderOfTheirActivation() {
        keystore.setKey("first");
        keystore.setKey("second");
        keystore.setKey("");

        List<MasterKey> keys = keystore.masterKeys();
        assertThat(keys).extracting(MasterKey::tag).containsExactly("first", "second", "");
        assertThat(keys).extracting(MasterKey::current).containsExactly(false, false, true);
        assertThat(keystore.currentMasterKey()).contains(keys.get(2));
    }

    @Test
    void remembersTheOrderOverARestart(@TempDir Path home) {
        TestModule module = TestModule.create(home, "hr");
        MasterKey last = module.as("hr", login -> {
            new TdeKeystore(login).setKey("old");
            return new TdeKeystore(login).setKey("new");
        });

        Optional<MasterKey> current = module.as("hr", login -> new TdeKeystore(login).currentMasterKey());
        assertThat(current).contains(last);
        assertThat(last.tag()).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource
    void wrapsAndUnwraps(TablespaceAlgorithm algorithm) {
        keystore.setKey("");

        try (TablespaceKey key = keystore.generate(algorithm);
                TablespaceKey back = keystore.unwrap(keystore.wrap(key))) {
            assertThat(back.sameAs(key)).isTrue();
            assertThat(back.algorithm()).isEqualTo(algorithm);
            int length = key.use(bytes -> bytes.length);
            assertThat(length).isEqualTo(algorithm.keyBytes());
        }
    }

    @Test
    void neverWrapsToTheSameBytesTwice() {
        keystore.setKey("");

        try (TablespaceKey key = keystore.generate(TablespaceAlgorithm.AES256)) {
            assertThat(keystore.wrap(key)).isNotEqualTo(keystore.wrap(key));
        }
    }

    @Test
    void rewrapsUnderTheNewMasterKeyAndKeepsTheOldForOldBackups() {
        MasterKey old = keystore.setKey("old");
        WrappedTablespaceKey backup = wrapNew(TablespaceAlgorithm.AES256);
        MasterKey current = keystore.setKey("new");

        WrappedTablespaceKey rewrapped = keystore.rewrap(backup);

        assertThat(backup.masterKey()).isEqualTo(old.id());
        assertThat(rewrapped.masterKey()).isEqualTo(current.id());
        try (TablespaceKey before = keystore.unwrap(backup);
                TablespaceKey after = keystore.unwrap(rewrapped)) {
            assertThat(after.sameAs(before)).isTrue();
        }
    }

    @Test
    void refusesToWrapBeforeThereIsAMasterKey() {
        assertRefused(Reason.KEY_NOT_FOUND, () -> wrapNew(TablespaceAlgorithm.AES128))
                .hasMessageContaining("OPEN_NO_MASTER_KEY");
        assertThat(keystore.currentMasterKey()).isEmpty();
        assertThat(keystore.masterKeys()).isEmpty();
    }

    @Test
    void refusesAnyAlteredByte() {
        keystore.setKey("");
        byte[] encoded = wrapNew(TablespaceAlgorithm.AES256).encode();

        for (int i = 23; i < encoded.length; i++) {
            byte[] altered = encoded.clone();
            altered[i] ^= 1;
            assertRefused(Reason.WRAPPED_KEY_INVALID, () -> keystore.unwrap(WrappedTablespaceKey.decode(altered)))
                    .hasMessageContaining("altered");
        }
    }

    /** The header is authenticated: a wrapped key cannot be passed off as one of another master key. */
    @Test
    void refusesAKeyThatClaimsAnotherMasterKey() {
        MasterKey first = keystore.setKey("first");
        keystore.setKey("second");
        WrappedTablespaceKey wrapped = wrapNew(TablespaceAlgorithm.AES256);

        WrappedTablespaceKey claimed = new WrappedTablespaceKey(first.id(), wrapped.algorithm(), wrapped.sealed());

        assertRefused(Reason.WRAPPED_KEY_INVALID, () -> keystore.unwrap(claimed));
    }

    @Test
    void saysWhichMasterKeyIsMissing() {
        MasterKeyId gone = MasterKeyId.ofRandom(new byte[16]);
        WrappedTablespaceKey orphan =
                new WrappedTablespaceKey(gone, TablespaceAlgorithm.AES128, Octets.of(new byte[44]));

        assertRefused(Reason.KEY_NOT_FOUND, () -> keystore.unwrap(orphan))
                .hasMessageContaining(gone.toString())
                .hasMessageContaining("ORA-28362")
                .hasMessageContaining(session.user().name());
    }

    @Test
    void keepsUsersApart() {
        keystore.setKey("of finance");
        WrappedTablespaceKey wrapped = wrapNew(TablespaceAlgorithm.AES256);

        try (Session other = MODULE.login()) {
            TdeKeystore theirs = new TdeKeystore(other);
            assertThat(theirs.masterKeys()).isEmpty();
            assertRefused(Reason.KEY_NOT_FOUND, () -> theirs.unwrap(wrapped));
        }
    }

    /** Else another user could have this one wrap its tablespace keys under a key of theirs. */
    @Test
    void ignoresMasterKeysThatAnotherUserShares() {
        MasterKey own = keystore.setKey("own");
        try (Session other = MODULE.login()) {
            TdeKeystore theirs = new TdeKeystore(other);
            theirs.setKey("1");
            MasterKey second = theirs.setKey("2");
            other.share(other.find(second.id().label()).one(), session.user().name());
            other.find(Attributes.of(Attribute.CLASS, ObjectClass.DATA))
                    .ids()
                    .forEach(record -> shareIfPossible(other, record));
        }

        assertThat(keystore.currentMasterKey()).contains(own);
        assertThat(wrapNew(TablespaceAlgorithm.AES256).masterKey()).isEqualTo(own.id());
    }

    private void shareIfPossible(Session owner, KeyId record) {
        try {
            owner.share(record, session.user().name());
        } catch (org.cofferhsm.hsm.error.HsmException e) {
            assertThat(e.reason()).isEqualTo(Reason.KEY_TYPE_INCONSISTENT);
        }
    }

    /** Else anybody could close the keystores of others, or make them take a key for the current one. */
    @Test
    void ignoresWhatAnotherUserShowsToEverybody() {
        MasterKey own = keystore.setKey("own");
        try (Session other = MODULE.login()) {
            show(other, "coffer.tde.closed.CDB$ROOT");
            show(other, KeyEvent.label(3));
            assertThat(session.find(KeyEvent.label(3)).list()).hasSize(1);
        }

        assertThat(keystore.currentMasterKey()).contains(own);
        assertThat(wrapNew(TablespaceAlgorithm.AES256).masterKey()).isEqualTo(own.id());
        assertThat(keystore.status()).extracting(KeystoreStatus::status).containsExactly(KeystoreStatus.Status.OPEN);
    }

    private static void show(Session owner, String label) {
        owner.create(
                Attributes.of(Attribute.CLASS, ObjectClass.DATA)
                        .with(Attribute.LABEL, label)
                        .with(Attribute.APPLICATION, KeyEvent.APPLICATION)
                        .with(Attribute.PRIVATE, false),
                new byte[] {1});
    }

    /** As after a restore of the wrong backup: the same user, another module. */
    @Test
    void refusesATablespaceOfAnotherModule(@TempDir Path home) {
        keystore.setKey("here");
        WrappedTablespaceKey foreign = TestModule.create(home, "hr").as("hr", login -> {
            TdeKeystore there = new TdeKeystore(login);
            there.setKey("there");
            try (TablespaceKey key = there.generate(TablespaceAlgorithm.AES256)) {
                return there.wrap(key);
            }
        });

        assertRefused(Reason.KEY_NOT_FOUND, () -> keystore.unwrap(foreign))
                .hasMessageContaining("another module")
                .hasMessageContaining("ORA-28362");
    }

    @Test
    void keepsMasterKeysFromUnwrappingAndExporting() {
        MasterKey master = keystore.setKey("");
        KeyId payload =
                session.generate(KeyTemplate.aes(128).allowing(Usage.ENCRYPT).extractable());

        assertRefused(
                Reason.KEY_FUNCTION_NOT_PERMITTED, () -> session.wrap(handle(master.id()), payload, Algorithm.AES_KWP));
    }

    @Test
    void leavesTheOldKeyCurrentWhenTheTagIsRefused() {
        MasterKey old = keystore.setKey("old");

        assertRefused(Reason.ARGUMENT_INVALID, () -> keystore.setKey("two\nlines"));

        assertThat(keystore.currentMasterKey()).contains(old);
        assertThat(session.find(Attributes.of(Attribute.CLASS, ObjectClass.SECRET_KEY))
                        .ids())
                .hasSize(1);
    }
}
