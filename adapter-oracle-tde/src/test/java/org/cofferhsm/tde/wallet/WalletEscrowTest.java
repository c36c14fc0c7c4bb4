package org.cofferhsm.tde.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WalletEscrowTest {

    private static final String NAME = "sales";

    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private Session session;
    private WalletEscrow escrow;

    @BeforeEach
    void login() {
        session = MODULE.login();
        escrow = new WalletEscrow(session);
    }

    private EscrowReport put(Map<String, String> secrets) {
        try (Wallet wallet = SampleWallet.of(secrets)) {
            return escrow.put(NAME, wallet);
        }
    }

    private Map<String, String> rebuilt() {
        try (Wallet wallet = escrow.rebuild(NAME)) {
            return SampleWallet.secretsOf(wallet);
        }
    }

    @Test
    void givesBackEveryEntryAsItWas() {
        EscrowReport report = put(SampleWallet.secrets());

        assertThat(report.added())
                .containsExactlyInAnyOrderElementsOf(SampleWallet.secrets().keySet());
        assertThat(EscrowReport.keys(report.added())).isEqualTo(2);
        assertThat(rebuilt()).isEqualTo(SampleWallet.secrets());
    }

    @Test
    void oracleReadsTheRebuiltWallet(@TempDir Path directory) throws Exception {
        put(SampleWallet.secrets());
        try (Wallet wallet = escrow.rebuild(NAME)) {
            new WalletFile(directory.resolve("ewallet.p12"))
                    .create(WalletWriter.write(wallet, "Another-Password-1".toCharArray(), WalletForm.AES256));
        }

        for (OracleJars oracle : OracleJars.values()) {
            assertThat(oracle.read(directory, "Another-Password-1")).isEqualTo(SampleWallet.secrets());
        }
    }

    @Test
    void listsMasterKeysWithTheirDates() {
        put(SampleWallet.secrets());

        assertThat(escrow.masterKeys())
                .extracting(key -> key.wallet() + " " + key.id())
                .containsExactly(NAME + " " + SampleWallet.FIRST, NAME + " " + SampleWallet.SECOND);
        assertThat(escrow.masterKeys().get(0).made()).contains(LocalDateTime.of(2020, 9, 10, 19, 5, 43));
    }

    @Test
    void importingTwiceChangesNothing() {
        put(SampleWallet.secrets());
        int objects = session.find(Attributes.of(Attribute.TOKEN, true)).ids().size();

        EscrowReport again = put(SampleWallet.secrets());

        assertThat(again.added()).isEmpty();
        assertThat(again.changed()).isEmpty();
        assertThat(again.present()).hasSize(7);
        assertThat(session.find(Attributes.of(Attribute.TOKEN, true)).ids()).hasSize(objects);
    }

    @Test
    void aPlanChangesNothing() {
        try (Wallet wallet = SampleWallet.of(SampleWallet.secrets())) {
            assertThat(escrow.plan(NAME, wallet).added()).hasSize(7);
        }
        assertThat(session.find(Attributes.of(Attribute.TOKEN, true)).ids()).isEmpty();
    }

    @Test
    void anInterruptedImportIsFinishedByTheNext() {
        Map<String, String> part = new TreeMap<>(SampleWallet.secrets());
        part.keySet().removeIf(name -> !name.endsWith(SampleWallet.FIRST));
        put(part);

        assertThat(put(SampleWallet.secrets()).added()).hasSize(6);
        assertThat(rebuilt()).isEqualTo(SampleWallet.secrets());
    }

    @Test
    void aLaterWalletAddsKeysAndMovesWhatIsCurrent() {
        Map<String, String> before = SampleWallet.secrets();
        before.remove(EntryNames.KEY + SampleWallet.SECOND);
        before.put(EntryNames.CURRENT, SampleWallet.FIRST);
        put(before);
        Map<String, String> after = SampleWallet.secrets();
        after.remove(EntryNames.KEY + SampleWallet.FIRST);

        EscrowReport report = put(after);

        assertThat(report.changed()).containsExactly(EntryNames.CURRENT);
        assertThat(EscrowReport.keys(report.added())).isEqualTo(1);
        assertThat(rebuilt()).isEqualTo(SampleWallet.secrets());
    }

    @Test
    void refusesAnotherKeyUnderAnIdentifierAndImportsNothing() {
        put(SampleWallet.secrets());
        Map<String, String> forged = SampleWallet.secrets();
        forged.put(EntryNames.KEY + SampleWallet.FIRST, SampleWallet.SECOND_VALUE);
        forged.put("ORACLE.SECURITY.ZZ.ENCRYPTION.", "new");

        assertRefused(Reason.DATA_INVALID, () -> put(forged)).hasMessageContaining(SampleWallet.FIRST);
        assertThat(rebuilt()).isEqualTo(SampleWallet.secrets());
    }

    @Test
    void keepsWalletsApartByName() {
        put(SampleWallet.secrets());
        Map<String, String> other = Map.of(EntryNames.KEY + SampleWallet.FIRST, SampleWallet.SECOND_VALUE);
        try (Wallet wallet = SampleWallet.of(other)) {
            escrow.put("hr", wallet);
        }

        assertThat(rebuilt()).isEqualTo(SampleWallet.secrets());
        assertThat(escrow.masterKeys()).hasSize(3);
        assertRefused(Reason.KEY_NOT_FOUND, () -> escrow.rebuild("none"));
    }

    @Test
    void anotherUserSeesNothingOfIt() {
        put(SampleWallet.secrets());
        try (Session other = MODULE.login()) {
            assertThat(new WalletEscrow(other).masterKeys()).isEmpty();
            assertRefused(Reason.KEY_NOT_FOUND, () -> new WalletEscrow(other).rebuild(NAME));
        }
    }

    @Test
    void theEscrowKeyCannotLeaveAndTheRecordsHoldNoValue() {
        put(SampleWallet.secrets());
        KeyId key = session.find(EscrowKeys.LABEL).one();

        assertRefused(Reason.KEY_UNEXTRACTABLE, () -> session.value(key));
        assertRefused(Reason.MECHANISM_NOT_ALLOWED, () -> session.encrypt(key, Algorithm.AES_ECB, new byte[16]));
        KeyId record = session.find(EscrowRecord.LABEL + SampleWallet.FIRST).one();
        assertThat(new String(session.value(record), StandardCharsets.ISO_8859_1))
                .doesNotContain(SampleWallet.FIRST_VALUE.substring(10, 20));
    }

    @Test
    void aRecordThatIsMovedToAnotherNameIsRefused() {
        put(SampleWallet.secrets());
        EscrowRecord record = EscrowRecord.decode(session.value(
                session.find(EscrowRecord.LABEL + SampleWallet.FIRST).one()));
        EscrowRecord.Header header = record.header();
        EscrowRecord moved = new EscrowRecord(
                new EscrowRecord.Header(NAME, EntryNames.KEY + SampleWallet.SECOND, 99, header.time(), header.made()),
                record.key(),
                record.sealed());
        session.create(moved.attributes(), moved.encode());

        assertRefused(Reason.DATA_INVALID, () -> escrow.rebuild(NAME));
    }

    @Test
    void saysWhichEscrowKeyIsGone() {
        put(SampleWallet.secrets());
        KeyId key = session.find(EscrowKeys.LABEL).one();
        session.change(key, Attributes.of(Attribute.DESTROYABLE, true));
        session.destroy(key);

        assertRefused(Reason.KEY_NOT_FOUND, () -> escrow.rebuild(NAME)).hasMessageContaining("restore");
    }

    @Test
    void isGuardedAgainstDeletion() {
        put(SampleWallet.secrets());

        for (KeyId object : session.find(Attributes.of(Attribute.TOKEN, true)).ids()) {
            assertRefused(Reason.KEY_NOT_DESTROYABLE, () -> session.destroy(object));
        }
        assertThat(rebuilt()).isEqualTo(SampleWallet.secrets());
    }

    @Test
    void theAuditLogTellsThatKeysCameAndLeft() {
        put(SampleWallet.secrets());
        rebuilt();

        try (Session admin = MODULE.admin()) {
            List<String> notes = admin.auditTrail().read(1, 100_000).stream()
                    .filter(entry -> entry.operation().equals("note:tde-wallet-escrow")
                            && entry.user().equals(session.user().name()))
                    .map(entry -> entry.detail())
                    .toList();
            assertThat(notes).hasSize(2);
            assertThat(notes.get(0)).contains("2 master keys added");
            assertThat(notes.get(1)).contains("2 master keys left");
        }
    }

    @Test
    void aRecordOfALaterVersionIsNotGuessedAt() {
        put(SampleWallet.secrets());
        session.create(
                EscrowRecord.all().with(Attribute.LABEL, "later").with(Attribute.TOKEN, true),
                new byte[] {0, 1, 'x', 1, 2});

        assertRefused(Reason.STORE_VERSION_UNSUPPORTED, () -> escrow.masterKeys());
    }

    @Test
    void doesNotTouchTheWalletFile(@TempDir Path directory) throws Exception {
        OracleJars.NEW.write(directory, SampleWallet.PASSWORD, SampleWallet.secrets());
        Path file = directory.resolve("ewallet.p12");
        byte[] before = Files.readAllBytes(file);
        try (Wallet wallet = WalletReader.read(new WalletFile(file).read(), SampleWallet.PASSWORD.toCharArray())) {
            escrow.put(NAME, wallet);
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
}
