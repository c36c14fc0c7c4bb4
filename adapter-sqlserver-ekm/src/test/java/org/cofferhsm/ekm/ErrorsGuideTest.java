package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A number that SQL Server shows is looked up in the guide. */
class ErrorsGuideTest {

    private static final Path GUIDE = Path.of("../docs/guides/sqlserver-errors.md");

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SUCCESS")
    void explainsEveryProviderErrorCode(EkmStatus status) throws IOException {
        assertThat(Files.readAllLines(GUIDE))
                .anyMatch(line -> line.startsWith("| " + status.code() + " " + status + " |"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                33022, 33024, 33025, 33026, 33027, 33028, 33029, 33030, 33031, 33032, 33033, 33034, 33035, 33036, 33037,
                33039, 33044, 33046, 33047, 33048, 33049, 33050, 33051, 33053, 33054, 33055, 33057, 33058, 33080, 33081,
                33085, 33087, 33088, 33089, 33090, 33111, 33120, 33121
            })
    void explainsTheMessagesOfExtensibleKeyManagement(int message) throws IOException {
        assertThat(Files.readAllLines(GUIDE))
                .anyMatch(line -> line.startsWith("|") && line.split("\\|")[1].contains(Integer.toString(message)));
    }
}
