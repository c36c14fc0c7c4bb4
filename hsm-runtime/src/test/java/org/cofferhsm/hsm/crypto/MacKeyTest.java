package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.util.stream.IntStream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;

class MacKeyTest {
    private final Engine engine = Engine.fastest();
    private final MacKey key = new MacKey(engine, SecretBytes.owning(new byte[32]));

    /** HMAC pads keys with zeros, so this is the MAC of nothing under the empty key, by OpenSSL 3. */
    @Test
    void givesTheKnownMacEachTime() {
        byte[] known = bytes("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
        for (int i = 0; i < 3; i++) {
            assertThat(key.mac(new byte[0])).isEqualTo(known);
            assertThat(key.verify(new byte[0], known)).isTrue();
            assertThat(key.verify(new byte[1], known)).isFalse();
        }
    }

    @Test
    void servesSeveralThreads() {
        byte[] mac = key.mac(bytes("616263"));
        assertThat(IntStream.range(0, 20_000).parallel().allMatch(i -> key.verify(bytes("616263"), mac)))
                .isTrue();
    }

    @Test
    void makesNoMoreMacsWhenClosed() {
        key.mac(new byte[3]);
        key.close();
        assertThatThrownBy(() -> key.mac(new byte[3])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesKeysOf32BytesOnly() {
        refused(Reason.KEY_SIZE_RANGE, () -> new MacKey(engine, SecretBytes.owning(new byte[31])));
    }
}
