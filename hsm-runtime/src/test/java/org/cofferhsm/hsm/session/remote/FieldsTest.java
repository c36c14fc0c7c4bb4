package org.cofferhsm.hsm.session.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.PqcParameterSet;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.AuditVerification;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value comes out as it went in, and what is no value is refused. */
class FieldsTest {

    private static final Octets OCTETS = Octets.ofHex("00ff7f80");

    private static <T> T travel(T value, BiConsumer<MessageWriter, T> writer, Function<MessageReader, T> reader) {
        MessageReader in = new MessageReader(written(value, writer));
        T back = reader.apply(in);
        in.end();
        return back;
    }

    private static <T> ByteBuffer written(T value, BiConsumer<MessageWriter, T> writer) {
        MessageWriter out = new MessageWriter(16);
        writer.accept(out, value);
        return out.written();
    }

    static List<Parameters> allParameters() {
        return List.of(
                new Parameters.None(),
                new Parameters.Iv(OCTETS),
                new Parameters.Gcm(Optional.of(OCTETS), Octets.EMPTY, 128),
                new Parameters.Gcm(Optional.empty(), OCTETS, -1),
                new Parameters.Oaep(Hash.SHA1, Hash.SHA512, OCTETS),
                new Parameters.Pss(Hash.SHA256, Hash.SHA384, 32),
                new Parameters.RsaAes(256, new Parameters.Oaep(Hash.SHA224, Hash.SHA256, Octets.EMPTY)),
                new Parameters.Ecdh(OCTETS, Optional.of(Hash.SHA256), OCTETS),
                new Parameters.Ecdh(OCTETS, Optional.empty(), Octets.EMPTY),
                new Parameters.Hkdf(Hash.SHA256, OCTETS, Octets.EMPTY),
                new Parameters.CounterKdf(MechanismType.AES_CMAC, 32, OCTETS),
                new Parameters.MlDsaContext(OCTETS));
    }

    @ParameterizedTest
    @MethodSource("allParameters")
    void parameters(Parameters parameters) {
        Algorithm algorithm = new Algorithm(MechanismType.AES_GCM, parameters);

        assertThat(travel(algorithm, Fields::algorithm, Fields::algorithm)).isEqualTo(algorithm);
    }

    @Test
    void noKindOfParametersIsForgotten() {
        assertThat(allParameters().stream().map(Parameters::getClass).collect(Collectors.toSet()))
                .isEqualTo(Set.of(Parameters.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @EnumSource(MechanismType.class)
    void mechanisms(MechanismType type) {
        assertThat(travel(Algorithm.of(type), Fields::algorithm, Fields::algorithm)
                        .type())
                .isEqualTo(type);
    }

    @Test
    void everyAttribute() {
        Attributes all = Attribute.all().stream()
                .reduce(Attributes.NONE, FieldsTest::with, Attributes::withAll)
                .with(Attribute.UNWRAP_TEMPLATE, Attributes.of(Attribute.LABEL, "within"));

        assertThat(all.present()).isEqualTo(Attribute.all());
        assertThat(travel(all, AttributeFields::attributes, AttributeFields::attributes))
                .isEqualTo(all);
        ObjectInfo object = new ObjectInfo(new KeyId(Long.MAX_VALUE), all);
        assertThat(travel(object, AttributeFields::object, AttributeFields::object))
                .isEqualTo(object);
    }

    private static Attributes with(Attributes attributes, Attribute<?> attribute) {
        return attributes.withAll(Attributes.parse(List.of(attribute.name() + "=" + sample(attribute))));
    }

    private static String sample(Attribute<?> attribute) {
        if (attribute == Attribute.UNWRAP_TEMPLATE) {
            return "label=x";
        }
        return Stream.of(
                        "true",
                        "7",
                        "0x0a0b",
                        "2027-01-31",
                        ObjectClass.DATA.toString(),
                        KeyType.EC.toString(),
                        MechanismType.AES_GCM.name(),
                        PqcParameterSet.ML_DSA_65.name(),
                        Curve.P256.standardName(),
                        "text")
                .filter(text -> parses(attribute, text))
                .findFirst()
                .orElseThrow();
    }

    private static boolean parses(Attribute<?> attribute, String text) {
        try {
            attribute.parse(text);
            return true;
        } catch (HsmException e) {
            return false;
        }
    }

    @Test
    void users() {
        for (Role role : Role.values()) {
            Optional<Instant> old =
                    Optional.of(Instant.parse("2026-11-29T10:00:00.123Z")).filter(time -> role == Role.CRYPTO_USER);
            UserInfo user = new UserInfo("Zoë", role, role == Role.ADMIN, role != Role.ADMIN, old);
            assertThat(travel(user, UserFields::user, UserFields::user)).isEqualTo(user);
        }
    }

    @Test
    void auditEntriesAndVerifications() {
        AuditEntry entry = new AuditEntry(
                Long.MAX_VALUE, Instant.parse("2026-11-22T10:00:00.123456789Z"), "", "sign", "0x01", "OK", "é");
        AuditVerification sound = new AuditVerification(9, 2, 1, 8, true, Optional.empty());
        AuditVerification bad = new AuditVerification(
                9, 2, 1, 8, false, Optional.of(new AuditVerification.BadRecord(10, "ALTERED", "it was altered")));

        assertThat(travel(entry, AuditFields::entry, AuditFields::entry)).isEqualTo(entry);
        assertThat(travel(sound, AuditFields::verification, AuditFields::verification))
                .isEqualTo(sound);
        assertThat(travel(bad, AuditFields::verification, AuditFields::verification))
                .isEqualTo(bad);
    }

    @Test
    void numbersOfOperationsAreTheirOwn() {
        Set<Integer> codes = new HashSet<>();
        for (Operation operation : Operation.values()) {
            assertThat(codes.add(operation.code())).as(operation.name()).isTrue();
            assertThat(Operation.ofCode(operation.code())).contains(operation);
        }
        assertThat(codes).doesNotContain(1); // the greeting
    }

    @Test
    void templatesNestedWithoutEndAreRefused() {
        byte[] bomb = new byte[800_000];
        ByteBuffer fill = ByteBuffer.wrap(bomb);
        for (int left = 100_000 - 1; left >= 0; left--) {
            fill.putInt(Attribute.UNWRAP_TEMPLATE.code()).putInt(8 * left);
        }
        assertRefused(written(bomb, MessageWriter::bytes), AttributeFields::attributes);
    }

    @Test
    void valuesThatAreNoneAreRefused() {
        assertRefused(written("NO_HASH", MessageWriter::text), Fields::hash);
        assertRefused(written(-1L, MessageWriter::u64), Fields::key);
        assertRefused(written(77, MessageWriter::u8), ParameterShape::read);
        assertRefused(written(2, MessageWriter::u8), Fields::flag);
        assertRefused(written(0x7fffffffL, MessageWriter::u64), Fields::mechanism);
        assertRefused(written(1 << 30, MessageWriter::u32), in -> Fields.list(in, MessageReader::u8));
    }

    /** Whatever a liar sends: a value comes out, or the one refusal. */
    @Test
    void randomChangesNeverDoWorse() {
        Attributes attributes = Attributes.parse(List.of("label=abc", "class=data", "trusted=true", "id=0x01"))
                .with(Attribute.START_DATE, LocalDate.EPOCH)
                .with(Attribute.UNWRAP_TEMPLATE, Attributes.of(Attribute.ENCRYPT, true));
        byte[] sound = bytes(written(attributes, AttributeFields::attributes));
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] altered = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
            for (int i = 0; i < 3 && altered.length > 0; i++) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt();
            }
            try {
                AttributeFields.attributes(new MessageReader(ByteBuffer.wrap(altered)));
            } catch (MalformedMessageException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static void assertRefused(ByteBuffer body, Function<MessageReader, ?> reader) {
        assertThatThrownBy(() -> reader.apply(new MessageReader(body))).isInstanceOf(MalformedMessageException.class);
    }
}
