package org.cofferhsm.hsm.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void leavesTextOfAllScriptsAsItIs() {
        String text = "L\u00f6hne 2027, \u05e9\u05db\u05e8, \u0627\u062c\u0631, \u5de5\u8d44, \ud83d\udd11";
        assertThat(Printable.of(text)).isEqualTo(text);
    }

    @Test
    void replacesWhatSteersATerminal() {
        assertThat(Printable.of("a\u001b[2Jb\nc\u009bd")).isEqualTo("a?[2Jb?c?d");
    }

    @Test
    void replacesWhatTurnsTheDirection() {
        assertThat(Printable.of("nimda\u202e reganam\u2066x")).isEqualTo("nimda? reganam?x");
    }
}
