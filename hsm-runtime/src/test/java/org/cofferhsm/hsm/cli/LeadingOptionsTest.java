package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadingOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "key list --json,key list --json",
        "--json key list,key list --json",
        "--home d --json key list --verbose,key list --verbose --home d --json",
        "--home=d key list,key list --home=d",
        "--home,--home",
        "--verbose key list,--verbose key list"
    })
    void movesWhatComesBeforeTheCommand(String typed, String meant) {
        assertThat(LeadingOptions.moved(List.of(typed.split(" ")))).containsExactly(meant.split(" "));
    }
}
