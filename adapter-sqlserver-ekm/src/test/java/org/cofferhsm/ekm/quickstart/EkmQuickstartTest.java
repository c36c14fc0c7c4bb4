package org.cofferhsm.ekm.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.EkmProvider;
import org.cofferhsm.ekm.standin.NativeLibraryFile;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.QuickstartStep.Outcome;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.TestQuickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EkmQuickstartTest {
    private final QuickstartStep step = TestQuickstart.step("SQL Server EKM");
    private TestQuickstart context;

    @BeforeEach
    void createModule(@TempDir Path home, @TempDir Path directory) {
        context = TestQuickstart.of(step, home, directory);
    }

    @Test
    void createsAnAsymmetricAndASymmetricKey() {
        Outcome outcome = step.run(context);

        assertThat(outcome.done()).contains("created");
        List<EkmKey> keys = context.withSession(session -> new EkmProvider(session).keys());
        assertThat(keys).extracting(EkmKey::name).containsExactlyInAnyOrder("quickstart-tde", "quickstart-cells");
    }

    @Test
    void runsTheStandInThroughTheNativeLibraryWhereThatIsBuilt() {
        boolean built = NativeLibraryFile.find().isPresent();

        assertThat(step.run(context).done()).endsWith(built ? "through libcoffer-ekm.so" : "is not built here");
    }

    @Test
    void decryptsWhatOpensslEncrypted() {
        Interop.program("openssl");

        assertThat(step.run(context).checkedBy()).startsWith("OpenSSL ");
    }

    @Test
    void suggestsACommandThatAShellTakesAsItIs(@TempDir Path parent) throws IOException {
        Path home = Files.createDirectories(parent.resolve("my module"));
        Path directory = Files.createDirectories(home.resolve("ekm"));

        String tryNext = step.run(TestQuickstart.of(step, home, directory)).tryNext();

        assertThat(tryNext)
                .isEqualTo("coffer key list --verbose --home " + new StepFile(home).quoted() + " --pin-file "
                        + new StepFile(home.resolve("pins").resolve("ekm.pin")).quoted());
    }

    @Test
    void opensItsKeysWhenRunAgain() {
        step.run(context);
        List<EkmKey> before = context.withSession(session -> new EkmProvider(session).keys());

        assertThat(step.run(context).done()).contains("opened");

        List<EkmKey> after = context.withSession(session -> new EkmProvider(session).keys());
        assertThat(after).isEqualTo(before);
    }
}
