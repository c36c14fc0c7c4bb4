package org.cofferhsm.ekm.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.ServedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in on the native library, which talks to {@code coffer serve} in a process of its own. */
@EnabledOnOs(OS.LINUX)
class NativeStandInTest extends StandInContract {
    private static final long SEED = 20240607;

    private static ServedModule service;
    private static Path directory;
    private static NativeLibraryFile built;
    private static int copies;

    @BeforeAll
    static void serve(@TempDir Path temporary) throws Exception {
        Interop.program("cc");
        directory = temporary;
        built = NativeLibraryFile.find().orElseThrow();
        TestModule module = TestModule.create(directory.resolve("home"), "alice");
        service = ServedModule.start(module);
    }

    /** Loads a library that no other server of this process has loaded. */
    private static Callbacks load(String... lines) {
        try {
            Path own = Files.createDirectory(directory.resolve("copy" + ++copies));
            return new NativeCallbacks(built.installIn(own, service.socket(), lines), new Random(SEED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Override
    SqlServer newServer() {
        return new SqlServer(file -> load("log = none", "deadline-ms = 60000"));
    }

    /** Before each of the calls that count, the service is killed and started again. */
    private static Callbacks withRestarts(Callbacks callbacks, int[] restarts) {
        return (Callbacks) Proxy.newProxyInstance(
                Callbacks.class.getClassLoader(), new Class<?>[] {Callbacks.class}, (proxy, method, arguments) -> {
                    if (method.getParameterCount() > 1 && restarts[0] > 0) {
                        restarts[0]--;
                        service.restart();
                    }
                    try {
                        return method.invoke(callbacks, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void goesOnWhenTheServiceIsRestartedBetweenAnyTwoCalls() {
        int[] restarts = {6};
        server.close();
        server = new SqlServer(file -> withRestarts(load("log = none", "deadline-ms = 60000"), restarts));
        sa = server.connect("sa");
        run(
                "CREATE CRYPTOGRAPHIC PROVIDER Coffer FROM FILE = 'coffer'",
                "CREATE CREDENTIAL c WITH IDENTITY = 'alice', SECRET = '" + TestModule.PIN
                        + "' FOR CRYPTOGRAPHIC PROVIDER Coffer",
                "ALTER LOGIN sa ADD CREDENTIAL c");
        encryptDatabase();
        createCells();
        String cell = sa.execute("SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'x')").value();

        assertThat(sa.execute("SELECT DECRYPTBYKEY(" + cell + ")").value()).isEqualTo("x");
        assertThat(server.restart()).isEmpty();
        assertThat(restarts[0]).isZero();
    }

    @Test
    void startsDatabasesOnceTheServiceIsThere() throws Exception {
        encryptDatabase();
        service.kill();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Map<String, SqlError>> starting = thread.submit(server::restart);
            service.restart();
            assertThat(starting.get()).isEmpty();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void leavesADatabasePendingWhoseServiceIsAway() throws Exception {
        server.close();
        server = new SqlServer(file -> load("log = none", "open-retry-ms = 0", "deadline-ms = 200"));
        sa = server.connect("sa");
        run(
                "CREATE CRYPTOGRAPHIC PROVIDER Coffer FROM FILE = 'coffer'",
                "CREATE CREDENTIAL c WITH IDENTITY = 'alice', SECRET = '" + TestModule.PIN
                        + "' FOR CRYPTOGRAPHIC PROVIDER Coffer",
                "ALTER LOGIN sa ADD CREDENTIAL c");
        // the module answers slowly just after its start
        for (int tries = 0; tries < 20 && server.databases().isEmpty(); tries++) {
            try {
                label += "again";
                encryptDatabase();
            } catch (SqlError slow) {
                assertThat(slow.providerCode()).isEqualTo(EkmStatus.SERVICE_TIMEOUT.code());
            }
        }
        service.kill();
        try {
            SqlError error = server.restart().get("shop");
            assertThat(error.number()).isEqualTo(33028);
            assertThat(error.providerCode()).isEqualTo(EkmStatus.SERVICE_UNREACHABLE.code());
        } finally {
            service.restart();
        }
    }

    @Test
    void abortsFromAnotherThread() throws Exception {
        createCells();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (SqlConnection other = server.connect("sa")) {
            Future<?> working = thread.submit(() -> {
                for (int i = 0; i < 200; i++) {
                    other.execute("SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'x')");
                }
            });
            while (!working.isDone()) {
                other.abort();
            }
            // either it noticed nothing, or was told that its session is over
            try {
                working.get();
            } catch (ExecutionException e) {
                assertThat(e.getCause())
                        .isInstanceOfSatisfying(
                                SqlError.class,
                                error -> assertThat(error.providerCode()).isEqualTo(EkmStatus.SESSION_EXPIRED.code()));
            }
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void tellsWhatIsNoProvider() {
        try (SqlServer other = new SqlServer(file -> new NativeCallbacks(Path.of(file), new Random(SEED)))) {
            SqlConnection connection = other.connect("sa");
            assertThatThrownBy(
                            () -> connection.execute("CREATE CRYPTOGRAPHIC PROVIDER P FROM FILE = '/nowhere/none.so'"))
                    .hasMessageStartingWith("Msg 33027");
        }
    }

    @Test
    void leavesNoDescriptorBehind() throws IOException {
        createCells();
        Callbacks callbacks = server.provider("Coffer").callbacks();
        callbacks.closeSession(callbacks.openSession("alice", TestModule.PIN), false);
        long before = descriptors();
        for (int i = 0; i < 100; i++) {
            callbacks.closeSession(callbacks.openSession("alice", TestModule.PIN), i % 2 == 0);
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before);
    }

    private static long descriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
