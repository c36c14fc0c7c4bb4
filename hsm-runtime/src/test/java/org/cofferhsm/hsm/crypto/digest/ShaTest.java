package org.cofferhsm.hsm.crypto.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.refused;

import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ShaTest {
    private static final Engine ENGINE = Engine.fastest();

    private final Sha sha = new Sha(ENGINE);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/sha.csv", useHeadersInDisplayName = true)
    void givesThePublishedDigest(MechanismType type, @Nullable String data, int times, String digest) {
        byte[] part = bytes(data);
        byte[] whole = new byte[part.length * times];
        SignStream stream = sha.startDigest(Algorithm.of(type));
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, whole, i * part.length, part.length);
            stream.update(part, 0, part.length);
        }
        assertThat(sha.digest(Algorithm.of(type), whole)).isEqualTo(bytes(digest));
        assertThat(stream.finish()).isEqualTo(bytes(digest));
    }

    @Test
    void neverAsksBouncyCastle() {
        for (Hash hash : Hash.values()) {
            assertThat(ENGINE.providerOf("MessageDigest", hash.standardName())).isEqualTo("SUN");
        }
    }

    @Test
    void takesNoParameters() {
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> sha.digest(new Algorithm(MechanismType.SHA256, new Parameters.Iv(Octets.EMPTY)), new byte[1]));
    }
}
