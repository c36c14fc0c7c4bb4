package org.cofferhsm.hsm.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = Table.of(
            List.of("NAME", "DETAIL"), List.of(List.of("a", "one two three four five six"), List.of("long name", "")));

    @Test
    void alignsColumnsWithoutATerminal() {
        assertThat(table.lines(OptionalInt.empty()))
                .containsExactly("NAME       DETAIL", "a          one two three four five six", "long name");
    }

    @Test
    void wrapsTheWidestColumnOnANarrowTerminal() {
        assertThat(table.lines(OptionalInt.of(25)))
                .containsExactly(
                        "NAME       DETAIL", "a          one two three", "           four five six", "long name");
    }

    @Test
    void breaksAWordThatDoesNotFit() {
        assertThat(Table.of(List.of("A"), List.of(List.of("0123456789abcdef"))).lines(OptionalInt.of(4)))
                .containsExactly("A", "0123456789", "abcdef");
    }

    @Test
    void showsNoControlCharacters() {
        assertThat(Table.of(List.of("LABEL"), List.of(List.of("\033[2Jkey"))).lines(OptionalInt.empty()))
                .containsExactly("LABEL", "?[2Jkey");
    }

    @Test
    void hasNoLinesWithoutRows() {
        assertThat(Table.indented(List.of()).lines(OptionalInt.empty())).isEmpty();
    }
}
