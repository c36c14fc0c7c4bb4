package org.cofferhsm.hsm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRangeTest {

    private final NumberRange range = new NumberRange(1, 20);

    @Test
    void takesBothEnds() {
        assertThat(range.parse("n", "1")).isEqualTo(1);
        assertThat(range.parse("n", "20")).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "21", "-1", "", "two", "1.5", "4294967297", "99999999999999999999"})
    void refusesEverythingElse(String text) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> range.parse("n", text))
                .withMessage("--n takes a number from 1 to 20, not \"" + text + "\"");
    }
}
