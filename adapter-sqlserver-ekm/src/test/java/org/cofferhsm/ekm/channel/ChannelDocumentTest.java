package org.cofferhsm.ekm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.KeyFlag;
import org.cofferhsm.ekm.ProviderInfo;
import org.junit.jupiter.api.Test;

/** The contract of the channel is a document; both sides have to have its numbers. */
class ChannelDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/channel.md");
    private static final Pattern OPERATION =
            Pattern.compile("^\\| (?<number>\\d+) (?<name>[A-Z_]+) \\|", Pattern.MULTILINE);
    private static final Pattern STATUS =
            Pattern.compile("^\\| (?<number>\\d+) \\| (?<name>[A-Z_]+) \\|", Pattern.MULTILINE);
    private static final Pattern ALGORITHM = Pattern.compile("(?<number>\\d+) `(?<name>[A-Z]+_\\d+)`");

    @Test
    void hasTheOperationsOfTheDocument() throws IOException {
        Map<String, Integer> own =
                Arrays.stream(Operation.values()).collect(Collectors.toMap(Operation::name, Operation::number));

        assertThat(numbers(OPERATION)).isEqualTo(own);
    }

    @Test
    void hasTheStatusesOfTheDocument() throws IOException {
        Map<String, Integer> own = Arrays.stream(EkmStatus.values())
                .filter(status -> status != EkmStatus.SUCCESS)
                .collect(Collectors.toMap(EkmStatus::name, EkmStatus::code));

        assertThat(numbers(STATUS)).isEqualTo(own);
    }

    @Test
    void hasTheAlgorithmsOfTheDocument() throws IOException {
        Map<String, Integer> own =
                Arrays.stream(EkmAlgorithm.values()).collect(Collectors.toMap(EkmAlgorithm::tag, EkmAlgorithm::id));

        assertThat(numbers(ALGORITHM)).isEqualTo(own);
    }

    @Test
    void saysOfItselfWhatTheDocumentSays() throws IOException {
        ProviderInfo own = ProviderInfo.COFFER;

        assertThat(section())
                .contains("name `" + own.name() + "`, GUID `" + own.guid() + "`, version " + own.version()
                        + ", interface version " + own.scpVersion() + ", authentication type " + own.authType()
                        + " (basic), symmetric support " + KeyFlag.bits(own.symmetricSupport())
                        + ", asymmetric support " + KeyFlag.bits(own.asymmetricSupport()) + ", thumbprint "
                        + own.thumbprintBytes() + " bytes, accepts key names");
    }

    private static String section() throws IOException {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf("## Service `ekm`");
        int end = text.indexOf("\n## ", begin);
        return text.substring(begin, end < 0 ? text.length() : end);
    }

    private static Map<String, Integer> numbers(Pattern pattern) throws IOException {
        Map<String, Integer> numbers = new TreeMap<>();
        Matcher found = pattern.matcher(section());
        while (found.find()) {
            numbers.put(found.group("name"), Integer.valueOf(found.group("number")));
        }
        return numbers;
    }
}
