package org.cofferhsm.hsm.crypto.mac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.generic;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.crypto.VerifyStream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class HmacTest {
    private static final EngineKey KEY = generic("000102030405060708090a0b0c0d0e0f");

    private final Hmac hmac = new Hmac(Engine.fastest());

    @ParameterizedTest(name = "{1}, {0}")
    @CsvFileSource(resources = "/vectors/hmac.csv", useHeadersInDisplayName = true)
    void givesThePublishedMac(String source, MechanismType type, String key, String data, String mac) {
        Algorithm algorithm = Algorithm.of(type);
        byte[] message = bytes(data);
        assertThat(hmac.sign(generic(key), algorithm, message)).isEqualTo(bytes(mac));
        assertThat(hmac.verify(generic(key), algorithm, message, bytes(mac))).isTrue();
        SignStream signing = hmac.startSign(generic(key), algorithm);
        signing.update(message, 0, 5);
        signing.update(message, 5, message.length - 5);
        assertThat(signing.finish()).isEqualTo(bytes(mac));
    }

    @Test
    void refusesOtherMacs() {
        byte[] mac = hmac.sign(KEY, Algorithm.SHA256_HMAC, new byte[3]);
        assertThat(hmac.verify(KEY, Algorithm.SHA256_HMAC, new byte[4], mac)).isFalse();
        assertThat(hmac.verify(KEY, Algorithm.SHA256_HMAC, new byte[3], Arrays.copyOf(mac, 16)))
                .isFalse();
        VerifyStream verifying = hmac.startVerify(KEY, Algorithm.SHA256_HMAC);
        verifying.update(new byte[3], 0, 2);
        assertThat(verifying.finish(mac)).isFalse();
    }

    @Test
    void takesNoParameters() {
        Algorithm withIv = new Algorithm(MechanismType.SHA256_HMAC, new Parameters.Iv(Octets.EMPTY));
        refused(Reason.MECHANISM_PARAMETER_INVALID, () -> hmac.sign(KEY, withIv, new byte[3]));
        refused(Reason.MECHANISM_PARAMETER_INVALID, () -> hmac.startVerify(KEY, withIv));
    }

    @Test
    void servesEightThreadsWithTwoKeys() throws Exception {
        EngineKey other = generic("ff");
        byte[] mac = hmac.sign(KEY, Algorithm.SHA256_HMAC, new byte[100]);
        byte[] otherMac = hmac.sign(other, Algorithm.SHA256_HMAC, new byte[100]);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> work = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(thread -> () -> IntStream.range(0, 3000)
                            .allMatch(i -> i % 2 == 0
                                    ? hmac.verify(KEY, Algorithm.SHA256_HMAC, new byte[100], mac)
                                    : hmac.verify(other, Algorithm.SHA256_HMAC, new byte[100], otherMac)))
                    .toList();
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
