package org.cofferhsm.hsm.pkcs11.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Mechanisms;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.pkcs11.wire.Mechanism;
import org.cofferhsm.hsm.pkcs11.wire.Parameter;
import org.junit.jupiter.api.Test;

/** The native library's table of mechanisms says what the module can do, no more and no less. */
class MechanismTableTest {

    private static final Path TABLE = Path.of("src", "main", "native", "pkcs11", "mechanism_table.def");
    private static final Pattern LINE = Pattern.compile(
            "^MECHANISM\\((\\w+), (0x\\w+), (\\d+), (\\d+), ([\\w |]+), \\w+, \\w+, ([\\w |]+)\\)$", Pattern.MULTILINE);

    /** Flags that say how Cryptoki's functions do what the module does by its own. */
    private static final Set<String> CRYPTOKIS_OWN = Set.of(
            "SIGN_RECOVER",
            "VERIFY_RECOVER",
            "MESSAGE_ENCRYPT",
            "MESSAGE_DECRYPT",
            "MULTI_MESSAGE",
            "EC_F_P",
            "EC_NAMEDCURVE",
            "EC_UNCOMPRESS");

    private record Line(String name, long number, int least, int most, Set<String> keys, Set<String> flags) {

        static Line of(MatchResult match) {
            return new Line(
                    match.group(1),
                    Long.decode(match.group(2)),
                    Integer.parseInt(match.group(3)),
                    Integer.parseInt(match.group(4)),
                    words(match.group(5)),
                    words(match.group(6)));
        }

        private static Set<String> words(String alternatives) {
            return new TreeSet<>(Arrays.asList(alternatives.split(" \\| ")));
        }

        MechanismType type() {
            return MechanismNumbers.type(new Mechanism(number, new Parameter.None()));
        }
    }

    private final Mechanisms mechanisms = Mechanisms.standard(Engine.withoutNativeCode());

    private static List<Line> lines() throws IOException {
        return LINE.matcher(Files.readString(TABLE)).results().map(Line::of).toList();
    }

    @Test
    void listsWhatTheModuleHasAndTheOtherNumbersForIt() throws IOException {
        Set<Long> expected = new HashSet<>(MechanismNumbers.otherNumbers().keySet());
        mechanisms.infos().stream()
                .filter(info -> !flags(info).isEmpty())
                .forEach(info -> expected.add(info.type().code()));
        assertThat(lines().stream().map(Line::number)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void saysTheSameOfEach() throws IOException {
        for (Line line : lines()) {
            MechanismInfo info = mechanisms.info(line.type()).orElseThrow();
            Set<String> flags = new TreeSet<>(line.flags());
            flags.removeAll(CRYPTOKIS_OWN);
            assertThat(flags).as("flags of %s", line.name()).isEqualTo(flags(info));
            assertThat(line.keys()).as("keys of %s", line.name()).isEqualTo(keys(info));
            int unit = inBytes(info) ? 8 : 1;
            assertThat(line.least()).as("smallest key of %s", line.name()).isEqualTo(info.minBits() / unit);
            assertThat(line.most()).as("largest key of %s", line.name()).isEqualTo(info.maxBits() / unit);
        }
    }

    private static Set<String> flags(MechanismInfo info) {
        return info.operations().stream()
                .flatMap(MechanismTableTest::flag)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Encapsulation has no function before PKCS#11 v3.2. */
    private static Stream<String> flag(Operation operation) {
        return switch (operation) {
            case GENERATE_PAIR -> Stream.of("GENERATE_KEY_PAIR");
            case ENCAPSULATE, DECAPSULATE -> Stream.empty();
            default -> Stream.of(operation.name());
        };
    }

    private static Set<String> keys(MechanismInfo info) {
        return info.keyTypes().isEmpty()
                ? Set.of("NO_KEY")
                : info.keyTypes().stream()
                        .map(MechanismTableTest::group)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String group(KeyType type) {
        return switch (type) {
            case RSA, EC, AES, ML_DSA, ML_KEM -> type.name();
            case EC_EDWARDS -> "EDWARDS";
            case EC_MONTGOMERY -> "MONTGOMERY";
            case GENERIC_SECRET, SHA1_HMAC, SHA256_HMAC, SHA384_HMAC, SHA512_HMAC -> "SECRET";
        };
    }

    /** As PKCS#11 counts: secrets in bytes, but those that are generated in bits. */
    private static boolean inBytes(MechanismInfo info) {
        return info.type() != MechanismType.GENERIC_SECRET_KEY_GEN
                && info.keyTypes().stream().anyMatch(KeyType::isSymmetric);
    }
}
