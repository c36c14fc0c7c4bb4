package org.cofferhsm.hsm.crypto.aes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.SEED;
import static org.cofferhsm.hsm.crypto.Given.aes;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.inPieces;
import static org.cofferhsm.hsm.crypto.Given.random;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.cofferhsm.hsm.crypto.CipherStream;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmTest {
    private static final EngineKey KEY = aes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final Octets IV = Octets.ofHex("000102030405060708090a0b");

    private final AesGcm gcm = new AesGcm(Engine.fastest());

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/gcm.csv", useHeadersInDisplayName = true)
    void givesThePublishedCiphertext(
            String source,
            String key,
            String iv,
            @Nullable String aad,
            @Nullable String plaintext,
            String ciphertextAndTag) {
        Algorithm algorithm = Algorithm.aesGcmWithCallerIv(Octets.ofHex(iv), Octets.of(bytes(aad)), 128);
        Random random = new Random(SEED);
        assertThat(gcm.encrypt(aes(key), algorithm, bytes(plaintext))).isEqualTo(bytes(ciphertextAndTag));
        assertThat(gcm.decrypt(aes(key), algorithm, bytes(ciphertextAndTag))).isEqualTo(bytes(plaintext));
        assertThat(inPieces(gcm.startEncrypt(aes(key), algorithm), bytes(plaintext), random))
                .isEqualTo(bytes(ciphertextAndTag));
    }

    @Test
    void putsItsOwnIvBeforeTheCiphertext() {
        byte[] plaintext = bytes("00112233");
        byte[] sealed = gcm.encrypt(KEY, Algorithm.AES_GCM, plaintext);
        assertThat(sealed).hasSize(12 + 4 + 16);
        Algorithm withThatIv = Algorithm.aesGcmWithCallerIv(Octets.of(Arrays.copyOf(sealed, 12)), Octets.EMPTY, 128);
        assertThat(gcm.decrypt(KEY, withThatIv, Arrays.copyOfRange(sealed, 12, sealed.length)))
                .isEqualTo(plaintext);
    }

    @Test
    void neverRepeatsItsOwnIv() {
        Set<Octets> ivs = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            byte[] sealed = gcm.encrypt(KEY, Algorithm.AES_GCM, new byte[0]);
            assertThat(ivs.add(Octets.of(Arrays.copyOf(sealed, 12)))).isTrue();
        }
    }

    @Test
    void streamsAndDecryptsMessagesOfAllLengths() {
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            byte[] plaintext = random(random, random.nextInt(2000));
            Algorithm algorithm = Algorithm.aesGcm(Octets.of(random(random, random.nextInt(40))));
            byte[] streamed = inPieces(gcm.startEncrypt(KEY, algorithm), plaintext, random);
            assertThat(gcm.decrypt(KEY, algorithm, streamed))
                    .as("seed %d", SEED)
                    .isEqualTo(plaintext);
            byte[] sealed = gcm.encrypt(KEY, algorithm, plaintext);
            assertThat(inPieces(gcm.startDecrypt(KEY, algorithm), sealed, random))
                    .as("seed %d", SEED)
                    .isEqualTo(plaintext);
        }
    }

    @Test
    void agreesWithTheEngineOnLongMessages() throws Exception {
        for (int length : new int[] {4095, 4096, 4097, 8192, 100_000}) {
            byte[] plaintext = random(new Random(SEED), length);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, KEY.jca(), new GCMParameterSpec(128, IV.toByteArray()));
            byte[] ciphertext = gcm.encrypt(KEY, Algorithm.aesGcmWithCallerIv(IV, Octets.EMPTY, 128), plaintext);
            assertThat(ciphertext).as("seed %d", SEED).isEqualTo(cipher.doFinal(plaintext));
        }
    }

    @Test
    void releasesNothingBeforeTheTagIsChecked() {
        byte[] sealed = gcm.encrypt(KEY, Algorithm.AES_GCM, new byte[100_000]);
        sealed[sealed.length - 1] ^= 1;
        CipherStream stream = gcm.startDecrypt(KEY, Algorithm.AES_GCM);
        assertThat(stream.update(sealed, 0, sealed.length)).isEmpty();
        refused(Reason.ENCRYPTED_DATA_INVALID, stream::finish);
    }

    @Test
    void refusesEveryAlteredByte() {
        Algorithm algorithm = Algorithm.aesGcm(Octets.ofHex("aabb"));
        byte[] sealed = gcm.encrypt(KEY, algorithm, bytes("00112233445566778899"));
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 0x40;
            refused(Reason.ENCRYPTED_DATA_INVALID, () -> gcm.decrypt(KEY, algorithm, altered));
        }
        refused(Reason.ENCRYPTED_DATA_INVALID, () -> gcm.decrypt(KEY, Algorithm.aesGcm(Octets.ofHex("aabc")), sealed));
        refused(
                Reason.ENCRYPTED_DATA_INVALID,
                () -> gcm.decrypt(aes("000102030405060708090a0b0c0d0e0f"), algorithm, sealed));
    }

    @Test
    void refusesWhatIsTooShortToHoldIvAndTag() {
        for (int length = 0; length < 28; length++) {
            byte[] tooShort = new byte[length];
            refused(Reason.ENCRYPTED_DATA_INVALID, () -> gcm.decrypt(KEY, Algorithm.AES_GCM, tooShort));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 104, 112, 120, 128})
    void cutsTheTagAsAsked(int tagBits) {
        Algorithm algorithm =
                new Algorithm(MechanismType.AES_GCM, new Parameters.Gcm(Optional.empty(), Octets.EMPTY, tagBits));
        byte[] sealed = gcm.encrypt(KEY, algorithm, new byte[5]);
        assertThat(sealed).hasSize(12 + 5 + tagBits / 8);
        assertThat(gcm.decrypt(KEY, algorithm, sealed)).isEqualTo(new byte[5]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 64, 95, 100, 127, 129, 136, -8})
    void refusesOtherTags(int tagBits) {
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> gcm.encrypt(KEY, Algorithm.aesGcmWithCallerIv(IV, Octets.EMPTY, tagBits), new byte[5]));
    }

    @Test
    void takesIvsOfOneTo256Bytes() {
        for (int length : new int[] {1, 12, 16, 256}) {
            Algorithm algorithm = Algorithm.aesGcmWithCallerIv(Octets.of(new byte[length]), Octets.EMPTY, 128);
            assertThat(gcm.decrypt(KEY, algorithm, gcm.encrypt(KEY, algorithm, new byte[9])))
                    .isEqualTo(new byte[9]);
        }
        for (int length : new int[] {0, 257}) {
            Algorithm algorithm = Algorithm.aesGcmWithCallerIv(Octets.of(new byte[length]), Octets.EMPTY, 128);
            refused(Reason.MECHANISM_PARAMETER_INVALID, () -> gcm.encrypt(KEY, algorithm, new byte[9]));
        }
    }

    @Test
    void leavesRepeatedIvsToTheCaller() {
        Algorithm algorithm = Algorithm.aesGcmWithCallerIv(IV, Octets.EMPTY, 128);
        byte[] first = gcm.encrypt(KEY, algorithm, new byte[9]);
        assertThat(gcm.encrypt(KEY, algorithm, new byte[9])).isEqualTo(first);
        assertThat(gcm.encrypt(KEY, algorithm, new byte[9])).isEqualTo(first);
    }

    @Test
    void refusesMessagesThatDecryptionCouldNotHold() {
        byte[] tooMuch = new byte[CipherPool.MAX_BYTES + 1];
        refused(Reason.DATA_LENGTH_RANGE, () -> gcm.encrypt(KEY, Algorithm.AES_GCM, tooMuch));
        refused(Reason.DATA_LENGTH_RANGE, () -> gcm.decrypt(KEY, Algorithm.AES_GCM, new byte[tooMuch.length + 28]));
        CipherStream encryption = gcm.startEncrypt(KEY, Algorithm.AES_GCM);
        encryption.update(tooMuch, 0, 1);
        refused(Reason.DATA_LENGTH_RANGE, () -> encryption.update(tooMuch, 0, CipherPool.MAX_BYTES));
        CipherStream decryption = gcm.startDecrypt(KEY, Algorithm.AES_GCM);
        decryption.update(tooMuch, 0, 28);
        refused(Reason.DATA_LENGTH_RANGE, () -> decryption.update(tooMuch, 0, tooMuch.length));
    }

    @Test
    void wrapsAndUnwrapsKeys() {
        SecretBytes payload = SecretBytes.owning(new byte[] {1, 2, 3});
        byte[] wrapped = gcm.wrap(KEY, Algorithm.AES_GCM, payload);
        assertThat(gcm.unwrap(KEY, Algorithm.AES_GCM, wrapped).sameAs(payload)).isTrue();
        wrapped[20] ^= 1;
        refused(Reason.WRAPPED_KEY_INVALID, () -> gcm.unwrap(KEY, Algorithm.AES_GCM, wrapped));
        refused(Reason.WRAPPED_KEY_INVALID, () -> gcm.unwrap(KEY, Algorithm.AES_GCM, new byte[3]));
    }

    @Test
    void servesEightThreadsWithOneKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> work = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(thread -> () -> roundTrips(new Random(SEED + thread)))
                    .toList();
            for (Future<Integer> done : threads.invokeAll(work)) {
                assertThat(done.get()).isEqualTo(2000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private int roundTrips(Random random) {
        int right = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] plaintext = random(random, random.nextInt(300));
            if (i % 100 == 0) {
                gcm.forget();
            }
            byte[] sealed = gcm.encrypt(KEY, Algorithm.AES_GCM, plaintext);
            right += Arrays.equals(plaintext, gcm.decrypt(KEY, Algorithm.AES_GCM, sealed)) ? 1 : 0;
        }
        return right;
    }
}
