package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PinHashTest {
    private static final char[] PIN = "correct horse".toCharArray();

    private final Engine engine = Engine.fastest();
    private final MacKey pepper = new MacKey(engine, SecretBytes.owning(new byte[32]));
    private final PinHash quick = new PinHash(engine, pepper, 10);

    @ParameterizedTest(name = "{2} iterations")
    @CsvFileSource(resources = "/vectors/pbkdf2.csv", useHeadersInDisplayName = true)
    void readsRecordsOfKnownHashes(String password, String salt, int iterations, String output) {
        byte[] record = ByteBuffer.allocate(53)
                .put((byte) 1)
                .putInt(iterations)
                .put(salt.getBytes(StandardCharsets.US_ASCII))
                .put(pepper.mac(bytes(output)))
                .array();
        assertThat(quick.verify(password.toCharArray(), record)).isTrue();
        assertThat(quick.verify("passwore".toCharArray(), record)).isFalse();
    }

    @Test
    void knowsThePinThatItHashed() {
        byte[] record = quick.hash(PIN);
        assertThat(quick.verify(PIN, record)).isTrue();
        assertThat(quick.verify("correct horsf".toCharArray(), record)).isFalse();
        assertThat(quick.verify(new char[0], record)).isFalse();
        assertThat(PIN).containsExactly("correct horse".toCharArray());
    }

    @Test
    void takesPinsInAllScripts() {
        char[] pin = "пароль-密码-🔑".toCharArray();
        assertThat(quick.verify(pin, quick.hash(pin))).isTrue();
    }

    @Test
    void saltsEachRecord() {
        assertThat(quick.hash(PIN)).isNotEqualTo(quick.hash(PIN));
    }

    @Test
    void isNothingWithoutThePepper() {
        byte[] other = new byte[32];
        other[0] = 1;
        PinHash elsewhere = new PinHash(engine, new MacKey(engine, SecretBytes.owning(other)), 10);
        assertThat(elsewhere.verify(PIN, quick.hash(PIN))).isFalse();
    }

    @Test
    void verifiesOldRecordsAfterTheIterationsWereRaised() {
        byte[] old = quick.hash(PIN);
        PinHash raised = new PinHash(engine, pepper, 20);
        assertThat(raised.verify(PIN, old)).isTrue();
        assertThat(raised.isOutdated(old)).isTrue();
        assertThat(raised.isOutdated(raised.hash(PIN))).isFalse();
    }

    @Test
    void writesItsIterationsIntoTheRecord() {
        byte[] record = new PinHash(engine, pepper).hash(PIN);
        assertThat(ByteBuffer.wrap(record, 1, 4).getInt()).isEqualTo(PinHash.ITERATIONS);
    }

    @Test
    void refusesForeignRecords() {
        byte[] record = quick.hash(PIN);
        byte[] newer = record.clone();
        newer[0] = 2;
        refused(Reason.STORE_VERSION_UNSUPPORTED, () -> quick.verify(PIN, newer));
        refused(Reason.STORE_VERSION_UNSUPPORTED, () -> quick.verify(PIN, new byte[10]));
        byte[] endless =
                ByteBuffer.wrap(record.clone()).putInt(1, Integer.MAX_VALUE).array();
        refused(Reason.ARGUMENT_INVALID, () -> quick.verify(PIN, endless));
    }
}
