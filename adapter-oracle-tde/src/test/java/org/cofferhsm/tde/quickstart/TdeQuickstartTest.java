package org.cofferhsm.tde.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.QuickstartStep.Outcome;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.hsm.testing.TestQuickstart;
import org.cofferhsm.tde.MasterKey;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.h2.H2Tablespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TdeQuickstartTest {
    private final QuickstartStep step = TestQuickstart.step("Oracle TDE");
    private TestQuickstart context;

    @BeforeEach
    void createModule(@TempDir Path home, @TempDir Path directory) {
        context = TestQuickstart.of(step, home, directory);
    }

    private Path database() {
        return context.directory().resolve("customers.mv.db");
    }

    @Test
    void rotatesTheMasterKeyOfADatabaseAndReadsItsCustomers() {
        Outcome outcome = step.run(context);

        assertThat(outcome.done()).contains("only ciphertext on disk", "master key rotated", "customers read");
        assertThat(outcome.checkedBy()).startsWith("H2 2.");
        List<MasterKey> keys = context.withSession(session -> new TdeKeystore(session).masterKeys());
        assertThat(keys).hasSize(2);
        assertThat(H2Tablespace.at(database()).wrappedKey().masterKey())
                .isEqualTo(keys.get(1).id());
    }

    @Test
    void leavesNoPlaintextOnDisk() throws IOException {
        step.run(context);

        byte[] file = Files.readAllBytes(database());
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("Grace", "4111");
        assertThat(file).hasSizeGreaterThan(10_000);
    }

    @Test
    void opensItsDatabaseWhenRunAgain() {
        step.run(context);
        byte[] before = H2Tablespace.at(database()).wrappedKey().encode();

        assertThat(step.run(context).done()).contains("earlier run opened");
        assertThat(H2Tablespace.at(database()).wrappedKey().encode()).isEqualTo(before);
    }

    @Test
    void finishesARotationThatWasInterrupted() {
        step.run(context);
        MasterKey made = context.withSession(session -> new TdeKeystore(session).setKey("made before the power went"));

        assertThat(step.run(context).done()).contains("earlier run opened");

        assertThat(H2Tablespace.at(database()).wrappedKey().masterKey()).isEqualTo(made.id());
    }

    @Test
    void makesATamperedDatabaseAnewAndSaysSo() throws IOException {
        step.run(context);
        byte[] file = Files.readAllBytes(database());
        for (int at = 8192 + 4096; at < file.length; at += 4096) {
            file[at] ^= 1;
        }
        Files.write(database(), file);

        assertThat(step.run(context).done()).startsWith("damaged H2 database").contains("customers read");
        assertThat(step.run(context).done()).contains("earlier run opened");
    }

    @Test
    void makesACutShortFileAnew() throws IOException {
        step.run(context);
        Files.write(database(), Arrays.copyOf(Files.readAllBytes(database()), 20));

        assertThat(step.run(context).done()).startsWith("damaged H2 database");
    }

    @Test
    void suggestsACommandThatAShellTakesAsItIs(@TempDir Path parent) throws IOException {
        Path home = Files.createDirectories(parent.resolve("my module"));
        Path directory = Files.createDirectories(home.resolve("tde"));

        String tryNext = step.run(TestQuickstart.of(step, home, directory)).tryNext();

        assertThat(tryNext)
                .isEqualTo("coffer key list --verbose --home " + new StepFile(home).quoted() + " --pin-file "
                        + new StepFile(home.resolve("pins").resolve("tde.pin")).quoted());
    }
}
