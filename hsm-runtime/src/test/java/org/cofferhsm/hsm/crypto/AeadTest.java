package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.refused;

import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;

class AeadTest {
    private static final byte[] CONTEXT = {1, 2, 3};

    private final Engine engine = Engine.fastest();
    private final Aead aead = new Aead(engine, SecretBytes.owning(new byte[32]));

    @Test
    void opensWhatItSealed() {
        byte[] sealed = aead.seal(CONTEXT, SecretBytes.owning(bytes("00112233")));
        assertThat(sealed).hasSize(12 + 4 + 16);
        assertThat(aead.open(CONTEXT, sealed).sameAs(SecretBytes.owning(bytes("00112233"))))
                .isTrue();
    }

    @Test
    void refusesAnotherContextCiphertextOrKey() {
        byte[] sealed = aead.seal(CONTEXT, SecretBytes.owning(bytes("00112233")));
        refused(Reason.ENCRYPTED_DATA_INVALID, () -> aead.open(new byte[] {1, 2}, sealed));
        byte[] altered = sealed.clone();
        altered[13] ^= 1;
        refused(Reason.ENCRYPTED_DATA_INVALID, () -> aead.open(CONTEXT, altered));
        byte[] other = new byte[32];
        other[31] = 1;
        refused(Reason.ENCRYPTED_DATA_INVALID, () -> new Aead(engine, SecretBytes.owning(other)).open(CONTEXT, sealed));
    }

    @Test
    void keepsItsOwnCopyOfTheKeyUntilItIsClosed() {
        SecretBytes key = SecretBytes.owning(new byte[32]);
        Aead own = new Aead(engine, key);
        key.close();
        byte[] sealed = own.seal(CONTEXT, SecretBytes.owning(new byte[1]));
        own.close();
        assertThatThrownBy(() -> own.open(CONTEXT, sealed)).isInstanceOf(IllegalStateException.class);
        assertThat(aead.open(CONTEXT, sealed).length()).isEqualTo(1);
    }

    @Test
    void takesKeysOf32BytesOnly() {
        refused(Reason.KEY_SIZE_RANGE, () -> new Aead(engine, SecretBytes.owning(new byte[16])));
    }
}
