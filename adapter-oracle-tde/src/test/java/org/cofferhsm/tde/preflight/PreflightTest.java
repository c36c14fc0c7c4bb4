package org.cofferhsm.tde.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.tde.preflight.Finding.Verdict.FAILED;
import static org.cofferhsm.tde.preflight.Finding.Verdict.PASSED;
import static org.cofferhsm.tde.preflight.Finding.Verdict.SKIPPED;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.tde.MasterKey;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.TdeKeystore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Drives the installed library against a real service, and sabotages both. */
@TestInstance(Lifecycle.PER_CLASS) // one service for all
class PreflightTest {
    @TempDir
    static Path directory;

    private InstalledService subject;

    @BeforeAll
    void install() throws Exception {
        subject = InstalledService.in(directory);
    }

    @AfterAll
    void stop() {
        subject.close();
    }

    @BeforeEach
    void serveAgain() throws Exception {
        if (!subject.service().isRunning()) {
            subject.service().restart();
        }
    }

    @Test
    void passesEveryCheckAndLeavesNothingBehind() {
        int before = objects();

        PreflightReport report = subject.check(subject.pin(), subject.restart());

        assertThat(report.findings()).extracting(Finding::check).containsExactly(Check.values());
        assertThat(report.findings()).as(text(report)).allMatch(finding -> finding.verdict() == PASSED);
        assertThat(report.of(Check.CLEAN_UP).orElseThrow().detail()).isEqualTo("2 objects");
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void tellsAWrongPinAsOracleWould() {
        PreflightReport report = subject.check("orcl:wrong-Horse-42".getBytes(StandardCharsets.UTF_8), Restart.none());

        assertFailed(report, Check.LOGIN, "ORA-28353", "CKR_PIN_INCORRECT");
        assertThat(report.of(Check.GENERATE).orElseThrow().verdict()).isEqualTo(SKIPPED);
    }

    @Test
    void refusesAPinWithoutAUser() {
        PreflightReport report = subject.check("Correct-Horse-42".getBytes(StandardCharsets.UTF_8), Restart.none());

        assertFailed(report, Check.PIN, "ORA-28353", "user:password");
        assertThat(report.of(Check.LOAD).orElseThrow().verdict()).isEqualTo(SKIPPED);
    }

    @Test
    void saysThatTheServiceIsDown() throws Exception {
        subject.service().kill();

        PreflightReport report = subject.check();

        assertFailed(report, Check.TOKEN, "ORA-28353", "no slot has a token");
        assertThat(report.of(Check.TOKEN).orElseThrow().fault().orElseThrow().advice())
                .contains("coffer serve");
    }

    @Test
    void saysThatTheServiceDidNotComeBack() {
        Restart breaking = () -> {
            try {
                subject.service().kill();
                return Restart.Outcome.done("killed");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };

        PreflightReport report = subject.check(subject.pin(), breaking);

        assertFailed(report, Check.RESTART, "ORA-28353", "CKR_");
    }

    @Test
    void namesASecondLibrary() throws Exception {
        Path other = subject.installed().tree().top().resolve("acme/2.0/libacme.so");
        Files.createDirectories(other.getParent());
        Files.createFile(other);
        try {
            assertFailed(subject.check(), Check.ONE_LIBRARY, "ORA-28376", other.toString());
        } finally {
            Files.delete(other);
        }
    }

    @Test
    void findsAMasterKeyThatWasDeleted() {
        MasterKey lost = withKeystore(keystore -> {
            MasterKey first = keystore.setKey("of last year");
            keystore.setKey("of this year");
            return first;
        });
        assertThat(subject.check().of(Check.MASTER_KEYS).orElseThrow().verdict())
                .isEqualTo(PASSED);

        replace(lost, false);

        assertFailed(subject.check(), Check.MASTER_KEYS, "ORA-28362", lost.id().label());
        forgetKeys();
    }

    @Test
    void findsAnotherKeyUnderTheLabelOfAMasterKey() {
        MasterKey replaced = withKeystore(keystore -> keystore.setKey("restored"));
        Preflight before = new Preflight(subject.request(List.of()), Restart.none());
        before.run(subject.pin());

        replace(replaced, true);
        PreflightReport after = new Preflight(subject.request(before.witnesses()), Restart.none()).run(subject.pin());

        assertFailed(after, Check.MASTER_KEYS, "ORA-28362", "not the key that encrypted");
        forgetKeys();
    }

    @Test
    void tellsALibraryThatCrashes() {
        PreflightReport report = checkToy(ToyLibrary.CRASHES, Duration.ofSeconds(30));

        assertFailed(report, Check.INITIALIZE, "ORA-07445", "killed by signal");
    }

    @Test
    void tellsALibraryThatHangsAndEndsItsProcess() {
        PreflightReport report = checkToy(ToyLibrary.HANGS, Duration.ofSeconds(5));

        assertFailed(report, Check.INITIALIZE, "none", "no answer");
        assertThat(playingOracle().map(ProcessHandle::onExit))
                .allSatisfy(end -> assertThat(end).succeedsWithin(Duration.ofSeconds(10)));
    }

    @Test
    void givesThePinToItsProcessesByNoArgumentAndNoVariable() throws Exception {
        String pin = new String(subject.pin(), StandardCharsets.UTF_8);
        CompletableFuture<PreflightReport> running =
                CompletableFuture.supplyAsync(() -> checkToy(ToyLibrary.HANGS, Duration.ofSeconds(6)));
        Optional<ProcessHandle> child = Optional.empty();
        while (child.isEmpty() && !running.isDone()) {
            child = playingOracle().findAny();
            Thread.onSpinWait();
        }
        Path process = Path.of("/proc", Long.toString(child.orElseThrow().pid()));

        assertThat(Files.readString(process.resolve("cmdline")))
                .contains("OracleProcess")
                .doesNotContain(pin);
        assertThat(Files.readString(process.resolve("environ")))
                .contains("PATH=")
                .doesNotContain(pin)
                .doesNotContain("COFFER", "JAVA_HOME");
        child.orElseThrow().destroyForcibly();
        running.join();
    }

    @Test
    void tellsATokenThatCannotBeWrittenTo() {
        PreflightReport report = checkToy(ToyLibrary.WRITE_PROTECTED, Duration.ofSeconds(30));

        assertFailed(report, Check.TOKEN, "ORA-28353", "CKF_WRITE_PROTECTED");
    }

    private static Stream<ProcessHandle> playingOracle() {
        return ProcessHandle.current().children().filter(PreflightTest::playsOracle);
    }

    /** As /proc has it: {@link ProcessHandle.Info} cuts a long command line short. */
    private static boolean playsOracle(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains("OracleProcess");
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    private PreflightReport checkToy(ToyLibrary toy, Duration limit) {
        Path library = directory.resolve("lib" + toy.name() + ".so");
        toy.compileTo(library);
        PreflightRequest request = new PreflightRequest(subject.installed().tree(), library, 1, limit, List.of());
        return new Preflight(request, Restart.none()).run(subject.pin());
    }

    private static void assertFailed(PreflightReport report, Check check, String oracleError, String detail) {
        Finding finding = report.of(check).orElseThrow();
        assertThat(finding.verdict()).as(text(report)).isEqualTo(FAILED);
        assertThat(finding.detail()).contains(detail);
        assertThat(finding.fault().orElseThrow().cause().map(OraCause::code).orElse("none"))
                .isEqualTo(oracleError);
        assertThat(report.passed()).isFalse();
    }

    private static String text(PreflightReport report) {
        return report.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }

    private <T> T withKeystore(Function<TdeKeystore, T> work) {
        return subject.as(session -> work.apply(new TdeKeystore(session)));
    }

    private int objects() {
        return subject.as(session ->
                session.find(Attributes.of(Attribute.TOKEN, true)).ids().size());
    }

    /** Another key instead of a master key, or none. */
    private void replace(MasterKey key, boolean byAnother) {
        subject.as(session -> {
            retire(session, session.find(key.id().label()).one());
            if (byAnother) {
                session.generate(KeyTemplate.aes(256)
                        .labelled(key.id().label())
                        .allowing(Usage.ENCRYPT, Usage.DECRYPT)
                        .with(Attribute.ID, Octets.EMPTY));
            }
            return key;
        });
    }

    /** In as many steps as the guard of master keys asks for. */
    private static void retire(Session session, KeyId object) {
        if (!session.describe(object).attributes().is(Attribute.DESTROYABLE)) {
            session.change(object, Attributes.of(Attribute.DESTROYABLE, true));
        }
        session.destroy(object);
    }

    /** So that the next test finds no missing ones. */
    private void forgetKeys() {
        subject.as(session -> {
            session.find(Attributes.of(Attribute.TOKEN, true)).ids().forEach(id -> retire(session, id));
            return true;
        });
    }
}
