package org.cofferhsm.hsm.pkcs11;

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
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.junit.jupiter.api.Test;

/** The contract of the channel is a document; both sides have to have its numbers. */
class ChannelDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/channel.md");
    private static final Path LIBRARY = Path.of("src/main/native/pkcs11/exchange.h");
    private static final Pattern ROW = Pattern.compile("^\\| (?<number>\\d+) (?<name>[A-Z_]+) \\|", Pattern.MULTILINE);
    private static final Pattern CONSTANT = Pattern.compile("\\bOPERATION_(?<name>[A-Z_]+) = (?<number>\\d+)");

    @Test
    void theServiceHasTheNumbersOfTheDocument() throws IOException {
        Map<String, Integer> service =
                Arrays.stream(Operation.values()).collect(Collectors.toMap(Operation::name, Operation::number));

        assertThat(documented()).isEqualTo(service);
    }

    @Test
    void theLibraryHasTheNumbersOfTheDocument() throws IOException {
        assertThat(numbers(CONSTANT, Files.readString(LIBRARY))).isNotEmpty().isEqualTo(documented());
    }

    private static Map<String, Integer> documented() throws IOException {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf("| operation | fields |", text.indexOf("## Service `pkcs11`"));
        return numbers(ROW, text.substring(begin, text.indexOf("## Service `status`", begin)));
    }

    private static Map<String, Integer> numbers(Pattern pattern, String text) {
        Map<String, Integer> numbers = new TreeMap<>();
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            numbers.put(found.group("name"), Integer.valueOf(found.group("number")));
        }
        return numbers;
    }
}
