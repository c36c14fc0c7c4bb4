package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.KeyType;
import org.jspecify.annotations.Nullable;

/** What the tests of crypto start from and end with. */
public final class Given {

    /** A seed to print, so that a failure can be repeated with {@code -Dseed=…}. */
    public static final long SEED = Long.getLong("seed", System.nanoTime());

    private Given() {}

    /** Bytes of a vector file, where nothing stands for no bytes. */
    public static byte[] bytes(@Nullable String hex) {
        return hex == null ? new byte[0] : HexFormat.of().parseHex(hex);
    }

    public static EngineKey aes(String hex) {
        return SecretKeys.copyOf(KeyType.AES, bytes(hex));
    }

    public static EngineKey generic(String hex) {
        return SecretKeys.copyOf(KeyType.GENERIC_SECRET, bytes(hex));
    }

    public static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** All that a stream gives for {@code data} in pieces of 0 to 50 bytes. */
    public static byte[] inPieces(CipherStream stream, byte[] data, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int offset = 0;
        while (offset < data.length) {
            int length = Math.min(random.nextInt(51), data.length - offset);
            out.writeBytes(stream.update(data, offset, length));
            offset += length;
        }
        out.writeBytes(stream.finish());
        return out.toByteArray();
    }

    /** Checks that {@code call} is refused for that reason, with a message. */
    public static HsmException refused(Reason reason, ThrowingCallable call) {
        HsmException refusal = catchThrowableOfType(HsmException.class, call);
        assertThat(refusal).as("a refusal was expected").isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageMatching("(?s).{20,}");
        return refusal;
    }
}
