package org.cofferhsm.ekm.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
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

    private interface Disturbance {
        void before(Method call) throws Exception;
    }

    private static Callbacks disturbed(Callbacks callbacks, Disturbance disturbance) {
        return (Callbacks) Proxy.newProxyInstance(
                Callbacks.class.getClassLoader(), new Class<?>[] {Callbacks.class}, (proxy, method, arguments) -> {
                    disturbance.before(method);
                    try {
                        return method.invoke(callbacks, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Another server, with the credential of the one before. */
    private void replaceServer(Supplier<Callbacks> provider) {
        server.close();
        server = new SqlServer(file -> provider.get());
        sa = server.connect("sa");
        run(
                "CREATE CRYPTOGRAPHIC PROVIDER Coffer FROM FILE = 'coffer'",
                "CREATE CREDENTIAL c WITH IDENTITY = 'alice', SECRET = '" + TestModule.PIN
                        + "' FOR CRYPTOGRAPHIC PROVIDER Coffer",
                "ALTER LOGIN sa ADD CREDENTIAL c");
    }

    @Test
    void goesOnWhenTheServiceIsRestartedBetweenAnyTwoCalls() {
        int[] restarts = {6};
        replaceServer(() -> disturbed(load("log = none", "deadline-ms = 60000"), call -> {
            if (call.getParameterCount() > 1 && restarts[0] > 0) {
                restarts[0]--;
                service.restart();
            }
        }));
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
        replaceServer(() -> load("log = none", "open-retry-ms = 0", "deadline-ms = 200"));
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

    /** Just before the statement's call; one that runs already ends well, which is LostServiceTest's to show. */
    @Test
    void tellsAStatementThatItWasAbortedByAnotherThreadAndGoesOnInANewSession() {
        Queue<SqlConnection> toAbort = new ArrayDeque<>();
        replaceServer(() -> disturbed(load("log = none", "deadline-ms = 60000"), call -> {
            if (call.getName().equals("encrypt") && !toAbort.isEmpty()) {
                CompletableFuture.runAsync(toAbort.remove()::abort).get();
            }
        }));
        createCells();
        String encrypt = "SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'x')";
        long first = sa.sessions().get("Coffer");
        toAbort.add(sa);

        assertThatExceptionOfType(SqlError.class)
                .isThrownBy(() -> sa.execute(encrypt))
                .satisfies(error -> assertThat(error.providerCode()).isEqualTo(EkmStatus.SESSION_EXPIRED.code()));

        assertThat(sa.sessions()).isEmpty();
        String cell = sa.execute(encrypt).value();
        assertThat(sa.execute("SELECT DECRYPTBYKEY(" + cell + ")").value()).isEqualTo("x");
        assertThat(sa.sessions().get("Coffer")).isNotEqualTo(first);
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
