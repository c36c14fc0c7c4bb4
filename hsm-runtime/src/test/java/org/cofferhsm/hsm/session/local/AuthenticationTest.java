package org.cofferhsm.hsm.session.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.cofferhsm.hsm.audit.AuditKeys;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.audit.AuditSettings;
import org.cofferhsm.hsm.crypto.Aead;
import org.cofferhsm.hsm.crypto.CheckpointKey;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.MacKey;
import org.cofferhsm.hsm.crypto.PinHash;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.store.H2Store;
import org.cofferhsm.hsm.store.ModuleLock;
import org.cofferhsm.hsm.store.ObjectStore;
import org.cofferhsm.hsm.store.RecordProtection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationTest {

    private static final Octets MODULE = Octets.ofHex("00112233445566778899aabbccddeeff");
    private static final char[] PIN = "admin-pin-1".toCharArray();
    private static final char[] WRONG = "wrong-pin-1".toCharArray();

    private final Engine engine = Engine.withoutNativeCode();
    private final AtomicInteger opened = new AtomicInteger();

    @TempDir
    Path directory;

    private ModuleLock lock;
    private ObjectStore store;
    private AuditLog audit;
    private Authentication authentication;

    @BeforeEach
    void open() {
        lock = ModuleLock.acquire(directory);
        store = H2Store.create(lock, MODULE, new CountingProtection(new Aead(engine, key()), macKey(), opened));
        store.records();
        audit = AuditLog.open(
                directory.resolve("audit"),
                new Keys(macKey(), CheckpointKey.generate(engine)),
                AuditSettings.of(MODULE).withSegmentBytes(128 << 10));
        Pins pins = new Pins(new PinHash(engine, macKey()), macKey());
        UserAccounts accounts = new UserAccounts(store, new Journal(store, audit, new ModuleCondition()), pins);
        accounts.createFirstAdmin("admin");
        accounts.activate("admin", PIN);
        authentication = new Authentication(accounts, pins, audit, Clock.systemUTC());
    }

    private static SecretBytes key() {
        return SecretBytes.owning(new byte[32]);
    }

    private MacKey macKey() {
        return new MacKey(engine, key());
    }

    @AfterEach
    void close() {
        audit.close();
        store.close();
        lock.close();
    }

    @Test
    void comparesAPinWithWhatIsStored() {
        assertThat(authentication.login("admin", PIN).pin()).isEqualTo(WhichPin.PRESENT);
        assertThat(opened).hasPositiveValue();
    }

    /** Or whoever fills the disk could go on trying PINs, and see by the time which was right. */
    @Test
    void triesNoPinWhileAWrongOneCouldNotBeRecorded() {
        audit.close();

        assertRefused(Reason.AUDIT_UNAVAILABLE, () -> authentication.login("admin", WRONG));
        assertRefused(Reason.AUDIT_UNAVAILABLE, () -> authentication.login("admin", PIN));
        assertThat(opened).hasValue(0);
    }

    /** Counts how often something stored is decrypted. */
    private record CountingProtection(Aead aead, MacKey macKey, AtomicInteger opened) implements RecordProtection {

        @Override
        public byte[] seal(byte[] context, SecretBytes secret) {
            return aead.seal(context, secret);
        }

        @Override
        public SecretBytes open(byte[] context, byte[] sealed) {
            opened.incrementAndGet();
            return aead.open(context, sealed);
        }

        @Override
        public byte[] mac(byte[] data) {
            return macKey.mac(data);
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
}
