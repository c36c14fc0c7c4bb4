package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.jspecify.annotations.Nullable;

/** What the tests of key pairs do with any family. */
public final class Pairs {

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private Pairs() {}

    /** Bytes of a vector file, where nothing stands for no bytes. */
    public static byte[] hex(@Nullable String hex) {
        return hex == null ? new byte[0] : HexFormat.of().parseHex(hex);
    }

    public static HsmException refused(Reason reason, ThrowingCallable call) {
        HsmException refusal = catchThrowableOfType(HsmException.class, call);
        assertThat(refusal).as("a refusal was expected").isNotNull();
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        return refusal;
    }

    /** The two forms of the operation understand each other, whatever the pieces, and neither takes other data. */
    public static void signsInPiecesAsInOne(Mechanism family, Algorithm algorithm, EngineKeyPair pair) {
        Random random = new Random(SEED);
        for (int length : new int[] {0, 1, 100, 5000}) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            SignStream signing = family.startSign(pair.privateKey(), algorithm);
            inPieces(data, random, signing::update);
            byte[] signature = signing.finish();
            VerifyStream verifying = family.startVerify(pair.publicKey(), algorithm);
            inPieces(data, random, verifying::update);
            assertThat(verifying.finish(signature)).as("seed %d", SEED).isTrue();
            byte[] inOne = family.sign(pair.privateKey(), algorithm, data);
            assertThat(family.verify(pair.publicKey(), algorithm, data, inOne)).isTrue();
            assertThat(family.verify(pair.publicKey(), algorithm, data, signature))
                    .isTrue();
            VerifyStream other = family.startVerify(pair.publicKey(), algorithm);
            other.update(new byte[length + 1], 0, length + 1);
            assertThat(other.finish(signature)).isFalse();
        }
    }

    private static void inPieces(byte[] data, Random random, Part part) {
        int offset = 0;
        while (offset < data.length) {
            int length = Math.min(random.nextInt(700), data.length - offset);
            part.update(data, offset, length);
            offset += length;
        }
    }

    /** A good signature verifies; none of these does: a bit changed, cut, lengthened, empty, zeros, ones. */
    public static void refusesAlteredSignatures(
            Mechanism family, Algorithm algorithm, EngineKeyPair pair, byte[] data) {
        byte[] good = family.sign(pair.privateKey(), algorithm, data);
        assertThat(family.verify(pair.publicKey(), algorithm, data, good)).isTrue();
        byte[] flipped = good.clone();
        flipped[new Random(SEED).nextInt(good.length)] ^= 4;
        byte[] ones = new byte[good.length];
        Arrays.fill(ones, (byte) 0xff);
        byte[] behindZero = new byte[good.length + 1];
        System.arraycopy(good, 0, behindZero, 1, good.length);
        List<byte[]> bad = List.of(
                flipped,
                ones,
                behindZero,
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOf(good, good.length + 1),
                new byte[0],
                new byte[good.length]);
        assertThat(bad)
                .allSatisfy(signature -> assertThat(family.verify(pair.publicKey(), algorithm, data, signature))
                        .as("seed %d", SEED)
                        .isFalse());
    }

    /** Eight threads with one key: each signs and verifies, and sees only its own data. */
    public static void servesEightThreads(Mechanism family, Algorithm algorithm, EngineKeyPair pair) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> work = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(number -> () -> signsOften(family, algorithm, pair, number))
                    .toList();
            for (Future<Boolean> result : threads.invokeAll(work)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean signsOften(Mechanism family, Algorithm algorithm, EngineKeyPair pair, int number) {
        return IntStream.range(0, 10).allMatch(round -> {
            byte[] data = ("thread " + number + " round " + round + " of eight in all.")
                    .substring(0, 20)
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] signature = family.sign(pair.privateKey(), algorithm, data);
            return family.verify(pair.publicKey(), algorithm, data, signature);
        });
    }

    /** Every self-test of a family passes. */
    public static void passesItsSelfTests(Mechanism family) {
        assertThat(family.infos()).isNotEmpty().allSatisfy(family::selfTest);
    }

    @FunctionalInterface
    private interface Part {
        void update(byte[] data, int offset, int length);
    }
}
