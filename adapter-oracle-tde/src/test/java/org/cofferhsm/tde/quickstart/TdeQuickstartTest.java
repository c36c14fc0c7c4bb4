package org.cofferhsm.tde.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.QuickstartStep.Outcome;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.hsm.testing.TestQuickstart;
import org.cofferhsm.tde.MasterKey;
import org.cofferhsm.tde.TablespaceAlgorithm;
import org.cofferhsm.tde.TablespaceKey;
import org.cofferhsm.tde.TdeKeystore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TdeQuickstartTest {
    private final QuickstartStep step = TestQuickstart.step("Oracle TDE");
    private TestQuickstart context;

    @BeforeEach
    void createModule(@TempDir Path home, @TempDir Path directory) {
        context = new TestQuickstart(TestModule.create(home, step.userName()), step.userName(), directory);
    }

    @Test
    void rotatesTheMasterKeyOfATablespace() {
        Outcome outcome = step.run(context);

        assertThat(outcome.done()).contains("re-wrapped");
        List<MasterKey> keys = context.withSession(session -> new TdeKeystore(session).masterKeys());
        assertThat(keys).hasSize(2);
    }

    @Test
    void letsOpensslDecryptAPage() {
        Interop.program("openssl");

        assertThat(step.run(context).checkedBy()).startsWith("OpenSSL ");
    }

    @Test
    void leavesNoPlaintextOnDisk() throws IOException {
        step.run(context);

        byte[] file = Files.readAllBytes(context.directory().resolve("tablespace.dbf"));
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("Grace");
        assertThat(file).hasSize(Tablespace.PAGES * Tablespace.PAGE_BYTES);
    }

    @Test
    void opensItsTablespaceWhenRunAgain() throws IOException {
        step.run(context);
        byte[] before = Files.readAllBytes(context.directory().resolve("tablespace.key"));

        Outcome again = step.run(context);

        assertThat(again.done()).contains("earlier run");
        assertThat(context.directory().resolve("tablespace.key")).hasBinaryContent(before);
    }

    @Test
    void finishesARotationThatWasInterrupted() throws IOException {
        step.run(context);
        byte[] before = Files.readAllBytes(context.directory().resolve("tablespace.key"));
        context.withSession(session -> new TdeKeystore(session).setKey("made before the power went"));

        step.run(context);

        assertThat(Files.readAllBytes(context.directory().resolve("tablespace.key")))
                .isNotEqualTo(before);
    }

    @Test
    void makesATamperedTablespaceAnewAndSaysSo() throws IOException {
        step.run(context);
        flip("tablespace.dbf", 3 * Tablespace.PAGE_BYTES + 100);

        assertThat(step.run(context).done()).startsWith("damaged tablespace").contains("page decrypted");
        assertThat(step.run(context).done()).contains("earlier run opened");
    }

    @Test
    void makesATablespaceAnewWhoseKeyWasTampered() throws IOException {
        step.run(context);
        flip("tablespace.key", 40);

        assertThat(step.run(context).done()).startsWith("damaged tablespace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tablespace.dbf", "tablespace.key"})
    void makesACutShortFileAnew(String name) throws IOException {
        step.run(context);
        Path file = context.directory().resolve(name);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));

        assertThat(step.run(context).done()).startsWith("damaged tablespace");
    }

    private void flip(String name, int offset) throws IOException {
        Path path = context.directory().resolve(name);
        byte[] file = Files.readAllBytes(path);
        file[offset] ^= 1;
        Files.write(path, file);
    }

    @Test
    void refusesAPageThatWasTampered() {
        Path page = context.directory().resolve("page.bin");
        context.withSession(session -> {
            try (TablespaceKey key = new TdeKeystore(session).generate(TablespaceAlgorithm.AES256)) {
                byte[] tampered = Tablespace.page(Tablespace.encrypted(key), 3);
                tampered[100] ^= 1;
                new StepFile(page).write(tampered);
                return assertRefused(Reason.ENCRYPTED_DATA_INVALID, () -> new PageCheck().check(key, 3, tampered, page))
                        .hasMessageContaining("page 3");
            }
        });
    }

    @Test
    void suggestsACommandThatAShellTakesAsItIs(@TempDir Path parent) throws IOException {
        Path home = Files.createDirectories(parent.resolve("my module"));
        Path directory = Files.createDirectories(home.resolve("tde"));
        TestModule module = TestModule.create(home, step.userName());

        String tryNext =
                step.run(new TestQuickstart(module, step.userName(), directory)).tryNext();

        assertThat(tryNext)
                .isEqualTo("coffer key list --verbose --home " + new StepFile(home).quoted() + " --pin-file "
                        + new StepFile(home.resolve("pins").resolve("tde.pin")).quoted());
    }
}
