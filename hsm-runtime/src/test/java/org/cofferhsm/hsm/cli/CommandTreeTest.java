package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.Terminal;
import org.junit.jupiter.api.Test;

class CommandTreeTest {

    private final TestTerminal terminal = new TestTerminal(Path.of(""), Map.of(), List.of());

    @Test
    void runsTheCommandWithTheMostWords() {
        CommandTree tree = tree(new Echo("tde"), new Echo("tde rotate"), new Echo("tde rotate all"));
        assertThat(tree.run(List.of("tde", "rotate", "--all"), terminal)).isEqualTo(7);
        assertThat(terminal.written()).isEqualToIgnoringNewLines("tde rotate [--all]");
    }

    @Test
    void handsItEverythingAfterItsName() {
        tree(new Echo("tsa serve")).run(List.of("tsa", "serve", "port", "--help"), terminal);
        assertThat(terminal.written()).isEqualToIgnoringNewLines("tsa serve [port, --help]");
    }

    @Test
    void listsWhatThereIsBelowANoun() {
        CommandTree tree = tree(new Echo("tde rotate"), new Echo("tde check"), new Echo("ca issue"));
        assertThat(tree.run(List.of("tde", "--help"), terminal)).isZero();
        assertThat(terminal.written()).contains("tde rotate", "tde check").doesNotContain("ca issue");
    }

    @Test
    void asksForTheMissingWord() {
        assertThat(tree(new Echo("tde rotate")).run(List.of("tde"), terminal)).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.complaints()).startsWith("coffer: \"tde\" needs one word more");
    }

    private static CommandTree tree(Command... commands) {
        return new CommandTree(new CommandSource() {
            @Override
            public List<Command> all() {
                return List.of(commands);
            }

            @Override
            public List<Command> under(List<String> words) {
                return all();
            }
        });
    }

    /** A command as an adapter would bring it. */
    private record Echo(String words) implements Command {

        @Override
        public List<String> name() {
            return List.of(words.split(" "));
        }

        @Override
        public String summary() {
            return "Say " + words;
        }

        @Override
        public int run(List<String> arguments, Terminal terminal) {
            terminal.out().println(words + " " + arguments);
            return 7;
        }
    }
}
