package org.cofferhsm.hsm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzTimeTest {

    @ParameterizedTest
    @CsvSource({"45s, 45", "10m, 600", "2h, 7200", "30, 30"})
    void readsADurationAsJazzerDoes(String duration, int seconds) {
        assertThat(FuzzTime.seconds(Map.of("JAZZER_FUZZ", "1", "JAZZER_MAX_DURATION", duration)))
                .isEqualTo(seconds);
    }

    @Test
    void replaysUnlessFuzzingWasAskedFor() {
        assertThat(FuzzTime.seconds(Map.of("JAZZER_MAX_DURATION", "10m"))).isZero();
        assertThat(FuzzTime.seconds(Map.of("JAZZER_FUZZ", "1"))).isEqualTo(20);
    }
}
