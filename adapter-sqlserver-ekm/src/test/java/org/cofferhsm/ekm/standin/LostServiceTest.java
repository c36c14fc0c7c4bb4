package org.cofferhsm.ekm.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ServedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the native library says when the service hangs, dies within a call, or is asked for nonsense. */
@EnabledOnOs(OS.LINUX)
class LostServiceTest {
    private static final long SEED = 20_250_911;
    private static final byte[] NO_IV = {};
    private static final byte[] DEK = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Duration WORK = Duration.ofMillis(100);

    private static ServedModule service;
    private static Path patient;
    private static Path impatient;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private Callbacks provider;
    private long session;

    @BeforeAll
    static void serve(@TempDir Path directory) throws Exception {
        Interop.program("cc");
        service = ServedModule.start(TestModule.create(directory.resolve("home"), "alice", "bob"));
        patient = install(Files.createDirectory(directory.resolve("patient")), "deadline-ms = 60000");
        impatient = install(Files.createDirectory(directory.resolve("impatient")), "deadline-ms = 4000");
    }

    private static Path install(Path directory, String deadline) {
        return NativeLibraryFile.find().orElseThrow().installIn(directory, service.socket(), "log = none", deadline);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void open() {
        load(patient);
    }

    private void load(Path library) {
        provider = new NativeCallbacks(library, new Random(SEED));
        provider.initialize();
        session = provider.openSession("alice", TestModule.PIN);
    }

    @AfterEach
    void end() {
        thread.shutdownNow();
        unload();
    }

    private void unload() {
        provider.free();
        provider.close();
    }

    private static void assertRefused(ThrowingCallable call, EkmStatus... allowed) {
        assertThatExceptionOfType(ProviderRefusal.class)
                .isThrownBy(call)
                .satisfies(
                        refusal -> assertThat(EkmStatus.ofCode(refusal.code()).orElseThrow())
                                .isIn((Object[]) allowed));
    }

    /** Gives the service something to do that takes it a while, and waits until it is at it. */
    private Future<Thumbprint> makeLargeKey(String name) throws Exception {
        Duration before = service.processorTime();
        Future<Thumbprint> made = thread.submit(() -> provider.createKey(session, name, EkmAlgorithm.RSA_4096.id(), 0));
        while (!made.isDone() && service.processorTime().minus(before).compareTo(WORK) < 0) {
            Thread.sleep(1);
        }
        return made;
    }

    private List<String> names(long reading) {
        List<String> names = new ArrayList<>();
        int last = 0;
        try {
            while (true) {
                last = provider.nextKey(reading, last);
                names.add(provider.keyById(reading, last).name());
            }
        } catch (ProviderRefusal end) {
            assertThat(end.is(EkmStatus.NOT_FOUND)).isTrue();
            return names;
        }
    }

    @Test
    void saysWithinItsDeadlineThatTheServiceHangsAndGoesOnAfterwards() throws Exception {
        Thumbprint key = provider.createKey(session, "hangs", EkmAlgorithm.AES_256.id(), 0);
        provider.encrypt(session, key, NO_IV, DEK);
        unload();
        load(impatient);
        service.pause();
        long start = System.nanoTime();
        try {
            assertRefused(() -> provider.encrypt(session, key, NO_IV, DEK), EkmStatus.SERVICE_TIMEOUT);
        } finally {
            service.resume();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));

        byte[] sealed = provider.encrypt(session, key, NO_IV, DEK);
        assertThat(provider.decrypt(session, key, NO_IV, sealed)).isEqualTo(DEK);
    }

    @Test
    void neverMakesAKeyTwiceWhenTheServiceIsKilledWhileItMakesOne() throws Exception {
        Future<Thumbprint> made = makeLargeKey("killed");
        service.kill();
        try {
            made.get(); // it was the faster one
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            ProviderRefusal.class,
                            refusal -> assertThat(refusal.is(EkmStatus.SERVICE_UNREACHABLE))
                                    .as(refusal.getMessage())
                                    .isTrue());
        }
        service.restart();

        long again = provider.openSession("alice", TestModule.PIN);
        if (!names(again).contains("killed")) {
            provider.createKey(session, "killed", EkmAlgorithm.AES_256.id(), 0);
        }
        assertThat(names(again)).containsOnlyOnce("killed");
        assertRefused(() -> provider.createKey(session, "killed", EkmAlgorithm.AES_256.id(), 0), EkmStatus.KEY_EXISTS);
    }

    @Test
    void closesASessionAtOnceWhileACallRunsInItAndThatCallEndsWell() throws Exception {
        Future<Thumbprint> made = makeLargeKey("closed-meanwhile");

        provider.closeSession(session, true);

        Thumbprint thumbprint = made.get();
        assertRefused(() -> provider.keyByThumbprint(session, thumbprint), EkmStatus.SESSION_EXPIRED);
        long other = provider.openSession("alice", TestModule.PIN);
        assertThat(provider.keyByThumbprint(other, thumbprint).name()).isEqualTo("closed-meanwhile");
    }

    @Test
    void countsWrongSecretsAndLocksTheUser() {
        for (int i = 1; i < 5; i++) {
            assertRefused(() -> provider.openSession("bob", "wrong"), EkmStatus.AUTH_FAILURE);
        }
        assertRefused(() -> provider.openSession("bob", "wrong"), EkmStatus.AUTH_FAILURE, EkmStatus.USER_LOCKED);
        assertRefused(() -> provider.openSession("bob", TestModule.PIN), EkmStatus.USER_LOCKED);
        provider.closeSession(provider.openSession("alice", TestModule.PIN), false);
    }

    @Test
    void givesADocumentedCodeForEachHandleThatIsNone() {
        Thumbprint key = provider.createKey(session, "sweep", EkmAlgorithm.AES_256.id(), 0);
        long closed = provider.openSession("alice", TestModule.PIN);
        provider.closeSession(closed, false);
        List<Long> handles = new ArrayList<>(List.of(
                0L, -1L, closed, closed + 1, session ^ (1L << 63), Long.MIN_VALUE, Long.MAX_VALUE, 0x7fff_ffff_f000L));
        new Random(SEED).longs(200).forEach(handles::add);

        for (long handle : handles) {
            List<ThrowingCallable> calls = List.of(
                    () -> provider.createKey(handle, "garbage", EkmAlgorithm.AES_128.id(), 0),
                    () -> provider.dropKey(handle, key),
                    () -> provider.nextKey(handle, 0),
                    () -> provider.keyById(handle, 1),
                    () -> provider.keyByThumbprint(handle, key),
                    () -> provider.keyByName(handle, "sweep"),
                    () -> provider.exportKey(handle, key),
                    () -> provider.encrypt(handle, key, NO_IV, DEK),
                    () -> provider.decrypt(handle, key, NO_IV, DEK),
                    () -> provider.closeSession(handle, true));
            calls.forEach(call -> assertRefused(call, EkmStatus.INVALID_ARGUMENT, EkmStatus.SESSION_EXPIRED));
        }
        assertThat(names(session)).contains("sweep").doesNotContain("garbage");
    }
}
