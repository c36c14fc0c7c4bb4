package org.cofferhsm.hsm.crypto.kdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.generic;
import static org.cofferhsm.hsm.crypto.Given.refused;

import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class HkdfTest {
    private static final Algorithm PLAIN = Algorithm.hkdf(Hash.SHA256, Octets.EMPTY, Octets.EMPTY);

    private final Hkdf hkdf = new Hkdf(Engine.fastest());

    @ParameterizedTest(name = "RFC 5869 {0}")
    @CsvFileSource(resources = "/vectors/rfc5869.csv", useHeadersInDisplayName = true)
    void givesThePublishedOutput(
            String section, Hash hash, String secret, @Nullable String salt, @Nullable String info, String output) {
        Algorithm algorithm = Algorithm.hkdf(hash, Octets.of(bytes(salt)), Octets.of(bytes(info)));
        SecretBytes derived = hkdf.derive(generic(secret), algorithm, output.length() / 2);
        assertThat(derived.sameAs(SecretBytes.owning(bytes(output)))).isTrue();
    }

    @Test
    void givesOneHashByNature() {
        assertThat(hkdf.derive(generic("00"), PLAIN, 0).length()).isEqualTo(32);
        assertThat(hkdf.derive(generic("00"), Algorithm.hkdf(Hash.SHA512, Octets.EMPTY, Octets.EMPTY), 0)
                        .length())
                .isEqualTo(64);
    }

    @Test
    void givesAtMost255Hashes() {
        assertThat(hkdf.derive(generic("00"), PLAIN, 255 * 32).length()).isEqualTo(255 * 32);
        refused(Reason.KEY_SIZE_RANGE, () -> hkdf.derive(generic("00"), PLAIN, 255 * 32 + 1));
        refused(Reason.KEY_SIZE_RANGE, () -> hkdf.derive(generic("00"), PLAIN, -1));
    }

    @Test
    void refusesParametersOfAnotherKind() {
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> hkdf.derive(generic("00"), Algorithm.of(MechanismType.HKDF_DERIVE), 32));
    }
}
