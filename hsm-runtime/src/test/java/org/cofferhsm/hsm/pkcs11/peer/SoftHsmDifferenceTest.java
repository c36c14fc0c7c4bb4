package org.cofferhsm.hsm.pkcs11.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.cryptoki.SoftHsm;
import org.cofferhsm.hsm.pkcs11.Pkcs11Service;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same calls by chance to SoftHSM 2 and to this module: the same answers, but for the differences that
 * {@code docs/guides/pkcs11-differences.md} lists with their reasons. {@code -Dpeer.seeds=N} tries more sequences.
 */
class SoftHsmDifferenceTest {

    private static final int STEPS = 150;
    private static final Path LIBRARY = Path.of("target", "native", "linux-" + architecture(), "libcoffer-pkcs11.so");

    @TempDir
    private static Path directory;

    private static ModuleFixture module;
    private static LocalService service;
    private static Side softHsm;
    private static Side coffer;
    private static AcceptedDifferences accepted;

    @BeforeAll
    static void openBoth() throws IOException {
        Interop.file(LIBRARY);
        SoftHsm.make(directory, "peer");
        module = ModuleFixture.in(directory.resolve("module"));
        Path socket = directory.resolve("peer.sock");
        service = LocalService.start(module.hsm(), ServiceOptions.at(socket), List.of(new Pkcs11Service()), line -> {});
        SoftHsm.setEnvironment("COFFER_SOCKET", socket.toString());
        softHsm = Side.open(SoftHsm.file(), SoftHsm.PIN);
        coffer = Side.open(LIBRARY.toAbsolutePath(), "alice:" + String.valueOf(ModuleFixture.ALICE_PIN));
        accepted = AcceptedDifferences.read(Path.of("..", "docs", "guides", "pkcs11-differences.md"));
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return name.equals("amd64") ? "x86_64" : name;
    }

    @AfterAll
    static void closeBoth() {
        if (service != null) {
            coffer.close();
            softHsm.close();
            service.close();
            module.close();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("peer.seeds", 20));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAsSoftHsmDoes(long seed) {
        Sequences sequences = new Sequences(new Random(seed));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            differences.addAll(differences(sequences.next(coffer.objects())));
        }
        softHsm.forget();
        coffer.forget();
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void digestsAsSoftHsmDoesInAnyOrderOfCalls(long seed) {
        Sequences sequences = new Sequences(new Random(seed));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            differences.addAll(differences(sequences.digest()));
        }
        Sequences.settle(softHsm);
        Sequences.settle(coffer);
        assertThat(differences).isEmpty();
    }

    private static List<String> differences(Step step) {
        Answer theirs = step.call().apply(softHsm);
        Answer ours = step.call().apply(coffer);
        boolean bothMade = theirs.value() == 0 && ours.value() == 0;
        softHsm.settle(bothMade);
        coffer.settle(bothMade);
        return theirs.equals(ours) || accepted.holds(step, theirs, ours)
                ? List.of()
                : List.of(step.text() + ": SoftHSM " + theirs + ", Coffer " + ours);
    }
}
