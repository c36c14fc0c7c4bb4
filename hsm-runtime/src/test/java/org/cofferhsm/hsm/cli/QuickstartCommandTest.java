package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.QuickstartContext;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartCommandTest {

    @TempDir
    private Path directory;

    @Test
    void runsTheStepsInTheirOrderAndShowsATable() {
        TestTerminal terminal = quickstart(step(2, "second", this::makeKey), step(1, "first", this::makeKey));
        assertThat(terminal.complaints()).isEmpty();
        assertThat(terminal.written().lines().limit(3).map(line -> line.replaceAll(" +\\d+\\.\\d s$", "")))
                .containsExactly(
                        "STEP    DONE             CHECKED BY  TIME",
                        "first   1 key of first   this test",
                        "second  1 key of second  this test");
        assertThat(terminal.written()).contains("Try next:", "coffer key list", "coffer audit verify");
    }

    @Test
    void aSecondRunKeepsWhatIsThere() throws IOException {
        quickstart(step(1, "first", this::makeKey));
        String pin = Files.readString(home().resolve("pins/first.pin"));
        TestTerminal terminal = quickstart(step(1, "first", this::makeKey), step(2, "late", this::makeKey));
        assertThat(terminal.written()).contains("2 key of first", "1 key of late");
        assertThat(home().resolve("pins/first.pin")).hasContent(pin);
    }

    @Test
    void aFailedStepIsToldAndTheOthersStillRun() {
        TestTerminal terminal = new TestTerminal(directory, Map.of(), List.of());
        int status = command(
                        step(1, "first", context -> {
                            throw HsmException.keyNotFound("the key is gone");
                        }),
                        step(2, "second", context -> {
                            throw new IllegalStateException("broken");
                        }),
                        step(3, "third", this::makeKey))
                .run(List.of(), terminal);
        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.written())
                .contains("FAILED: the key is gone [KEY_NOT_FOUND]")
                .contains("FAILED: java.lang.IllegalStateException: broken")
                .contains("1 key of third");
    }

    @Test
    void pinsAreForTheirOwnerOnlyAndNeverShown() throws IOException {
        TestTerminal terminal = quickstart(step(1, "first", this::makeKey));
        for (String user : List.of("admin", "first")) {
            Path file = home().resolve("pins").resolve(user + ".pin");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            String pin = Files.readString(file).strip().substring(user.length() + 1);
            assertThat(pin).hasSizeGreaterThan(20);
            assertThat(terminal.written() + terminal.complaints()).doesNotContain(pin);
        }
    }

    @Test
    void outsideProgramsMayOwnTheModuleBetweenSessions() {
        TestTerminal terminal = quickstart(step(1, "first", context -> {
            context.withSession(Session::user);
            try (Hsm outside = Hsm.open(Path.of(context.environment().get("COFFER_HOME")))) {
                outside.unlock(KeyFile.in(home()));
            }
            return outcome(context.environment().get("COFFER_PIN").startsWith("first:") ? "yes" : "no");
        }));
        assertThat(terminal.written()).contains("first  yes");
    }

    @Test
    void outsideProgramsOpenThisModuleWhateverTheUsersOwnIsOpenedBy() {
        TestTerminal terminal = quickstart(step(1, "first", context -> {
            assertThat(context.environment())
                    .containsEntry(
                            "COFFER_KEY_FILE", home().resolve("module.key").toString());
            return outcome("named");
        }));
        assertThat(terminal.written()).contains("first  named");
    }

    @Test
    void aLostPinIsNamedAndNeverGuessed() throws IOException {
        quickstart(step(1, "first", this::makeKey));
        Files.delete(home().resolve("pins/first.pin"));
        for (int run = 0; run < 6; run++) {
            TestTerminal terminal = new TestTerminal(directory, Map.of(), List.of());
            assertThat(command(step(1, "first", this::makeKey)).run(List.of(), terminal))
                    .isEqualTo(ExitStatus.FAILED);
            assertThat(terminal.written()).contains("pins/first.pin is missing", "[ARGUMENT_INVALID]");
        }
        assertThat(home().resolve("pins/first.pin")).doesNotExist();
    }

    @Test
    void refusesAPlaceWhereNothingCanBeMade() throws IOException {
        Files.writeString(directory.resolve("file"), "not a directory");
        TestTerminal terminal = new TestTerminal(directory, Map.of(), List.of());
        assertThat(Main.run(List.of("quickstart", "--home", "file/x"), terminal))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.complaints()).contains("cannot be made").contains("[ARGUMENT_INVALID]");
    }

    @Test
    void leavesAModuleAloneThatItDidNotMake() {
        TestTerminal init = new TestTerminal(directory, Map.of("COFFER_ADMIN_PIN", "correct-horse"), List.of());
        assertThat(Main.run(List.of("init", "--home", "coffer-quickstart"), init))
                .isZero();
        TestTerminal terminal = new TestTerminal(directory, Map.of(), List.of());
        assertThat(command(step(1, "first", this::makeKey)).run(List.of(), terminal))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.complaints()).contains("holds a module that quickstart did not make");
    }

    @Test
    void showsProgressOnATerminalOnly() {
        TestTerminal terminal = new TestTerminal(directory, Map.of(), List.of()).wide(80);
        command(step(1, "first", this::makeKey)).run(List.of("--home", "h"), terminal);
        assertThat(terminal.complaints()).contains("Making a module in", "first ...");
        assertThat(quickstart(step(1, "first", this::makeKey)).complaints()).isEmpty();
    }

    private Path home() {
        return directory.resolve("coffer-quickstart");
    }

    private TestTerminal quickstart(QuickstartStep... steps) {
        TestTerminal terminal = new TestTerminal(directory, Map.of(), List.of());
        assertThat(command(steps).run(List.of(), terminal)).isZero();
        return terminal;
    }

    private static QuickstartCommand command(QuickstartStep... steps) {
        return new QuickstartCommand(() -> List.of(steps));
    }

    private QuickstartStep.Outcome makeKey(QuickstartContext context) {
        try {
            Files.writeString(context.directory().resolve("file.txt"), "made by the step");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int keys = context.withSession(session -> {
            session.generate(KeyTemplate.aes(256).labelled("key"));
            return session.find("key").list().size();
        });
        return outcome(keys + " key of "
                + context.withSession(session -> session.user().name()));
    }

    private static QuickstartStep.Outcome outcome(String done) {
        return new QuickstartStep.Outcome(done, "this test", "coffer key list");
    }

    private static QuickstartStep step(
            int order, String name, Function<QuickstartContext, QuickstartStep.Outcome> run) {
        return new QuickstartStep() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public String product() {
                return name;
            }

            @Override
            public String userName() {
                return name;
            }

            @Override
            public Outcome run(QuickstartContext context) {
                return run.apply(context);
            }
        };
    }
}
