package org.cofferhsm.tde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TdeScriptCommandTest {
    @TempDir
    Path directory;

    private TestTerminal terminal;

    @BeforeEach
    void begin() {
        terminal = new TestTerminal(directory, Map.of(), List.of());
    }

    private int script(String topic, String release, String... more) {
        List<String> all = new ArrayList<>(List.of("--topic", topic, "--release", release, "--user", "orcl"));
        all.addAll(List.of(more));
        return new TdeScriptCommand().run(all, terminal);
    }

    @Test
    void printsAScript() {
        assertThat(script("setup", "19c", "--pdb", "SALES", "--pdb", "HR=people"))
                .isZero();

        assertThat(terminal.written())
                .contains("SET WALLET_ROOT = '/etc/ORACLE/WALLETS/orcl'")
                .contains("IDENTIFIED BY \"orcl:<HSM_PASSWORD>\"")
                .contains("SET CONTAINER = SALES;", "SET CONTAINER = HR;");
    }

    @Test
    void pointsToTheLibraryWhereTheReleaseAsksForIt() {
        assertThat(script("setup", "23ai", "--json")).isZero();

        assertThat(terminal.written()).contains("/opt/oracle/extapi/64/pkcs11/coffer/");
    }

    @Test
    void writesANewFileAndNoOldOne() {
        assertThat(script("rotate", "21c", "--out", "rotate.sql")).isZero();
        assertThat(directory.resolve("rotate.sql")).content().contains("SET KEY USING TAG 'coffer'");

        assertThat(script("rotate", "21c", "--out", "rotate.sql")).isEqualTo(1);
    }

    @Test
    void namesTheTopicsAndReleasesThatThereAre() {
        assertThat(script("rekey", "19c")).isEqualTo(2);
        assertThat(terminal.complaints()).contains("reverse-migrate");
        assertThat(script("setup", "11g")).isEqualTo(2);
        assertThat(terminal.complaints()).contains("12.2");
    }

    @Test
    void refusesANameThatWouldBreakOutOfItsQuotes() {
        assertThat(script("setup", "19c", "--pdb", "X\"; DROP")).isEqualTo(1);
        assertThat(terminal.written()).isEmpty();
    }
}
