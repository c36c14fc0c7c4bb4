package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCodecTest {
    private static final Engine ENGINE = Engine.fastest();

    private final KeyCodec codec = new KeyCodec(ENGINE, List.of(new SpkiOnly()));

    /** AES: the zero block enciphered, FIPS 197's keys of zeros (GCM's H). Others: SHA-1 of the value ("abc", FIPS 180). */
    @ParameterizedTest
    @CsvSource({
        "AES, 00000000000000000000000000000000, 66e94b",
        "AES, 0000000000000000000000000000000000000000000000000000000000000000, dc95c0",
        "GENERIC_SECRET, 616263, a9993e",
        "SHA256_HMAC, 616263, a9993e"
    })
    void describesSecretKeys(KeyType type, String value, String checkValue) {
        EngineKey key = codec.decode(ObjectClass.SECRET_KEY, type, bytes(value));
        assertThat(codec.describe(key))
                .isEqualTo(Attributes.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                        .with(Attribute.KEY_TYPE, type)
                        .with(Attribute.VALUE_LENGTH, value.length() / 2L)
                        .with(Attribute.CHECK_VALUE, Octets.ofHex(checkValue)));
        assertThat(codec.encode(key)).isEqualTo(bytes(value));
        assertThat(key.bits()).isEqualTo(value.length() * 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 20, 31, 33, 64})
    void refusesAesKeysOfOtherLengths(int length) {
        refused(Reason.KEY_SIZE_RANGE, () -> codec.decode(ObjectClass.SECRET_KEY, KeyType.AES, new byte[length]));
    }

    @Test
    void takesGenericSecretsOf1To800Bytes() {
        for (int length : new int[] {1, 800}) {
            assertThat(codec.decode(ObjectClass.SECRET_KEY, KeyType.GENERIC_SECRET, new byte[length])
                            .bits())
                    .isEqualTo(length * 8);
        }
        for (int length : new int[] {0, 801}) {
            refused(
                    Reason.KEY_SIZE_RANGE,
                    () -> codec.decode(ObjectClass.SECRET_KEY, KeyType.GENERIC_SECRET, new byte[length]));
        }
    }

    @ParameterizedTest
    @CsvSource({"PRIVATE_KEY, AES", "PUBLIC_KEY, AES", "SECRET_KEY, RSA", "DATA, AES", "CERTIFICATE, RSA"})
    void refusesClassesThatTheTypeCannotHave(ObjectClass objectClass, KeyType type) {
        refused(Reason.TEMPLATE_INCONSISTENT, () -> codec.decode(objectClass, type, new byte[16]));
    }

    @Test
    void keepsACopyOfTheValue() {
        byte[] value = bytes("00112233445566778899aabbccddeeff");
        EngineKey key = codec.decode(ObjectClass.SECRET_KEY, KeyType.AES, value);
        value[0] = 1;
        codec.encode(key)[1] = 1;
        assertThat(codec.encode(key)).isEqualTo(bytes("00112233445566778899aabbccddeeff"));
    }

    @Test
    void takesTheCheckValueOfAPairOverItsPublicKey() throws Exception {
        byte[] spki =
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded();
        EngineKey key = codec.decode(ObjectClass.PUBLIC_KEY, KeyType.EC, spki);
        Attributes described = codec.describe(key);
        assertThat(described.get(Attribute.CHECK_VALUE)).isEqualTo(Octets.ofHex("a9993e"));
        assertThat(described.get(Attribute.CLASS)).isEqualTo(ObjectClass.PUBLIC_KEY);
        assertThat(described.get(Attribute.LABEL)).isEqualTo("from the family");
    }

    @Test
    void refusesTypesWithoutACodec() {
        refused(Reason.KEY_TYPE_INCONSISTENT, () -> codec.decode(ObjectClass.PUBLIC_KEY, KeyType.RSA, new byte[16]));
    }

    /** A family of pairs whose public key is "abc". */
    private static final class SpkiOnly implements KeyPairCodec {
        @Override
        public Set<KeyType> keyTypes() {
            return Set.of(KeyType.EC);
        }

        @Override
        public EngineKey decode(ObjectClass objectClass, KeyType type, byte[] encoded) {
            return new EngineKey(objectClass, type, 256, new RawKey("EC", encoded.clone()));
        }

        @Override
        public byte[] encode(EngineKey key) {
            return bytes("00");
        }

        @Override
        public Attributes describe(EngineKey key) {
            return Attributes.of(Attribute.LABEL, "from the family");
        }

        @Override
        public byte[] subjectPublicKey(EngineKey key) {
            return bytes("616263");
        }
    }
}
