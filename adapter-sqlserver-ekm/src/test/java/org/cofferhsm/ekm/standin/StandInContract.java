package org.cofferhsm.ekm.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SQL Server does with a provider, whichever form that has. Each test's keys have names of their own. */
abstract class StandInContract {
    private static int tests;

    SqlServer server;
    SqlConnection sa;
    String label;

    /** A new server that loads the provider's form under test. */
    abstract SqlServer newServer();

    @BeforeEach
    void configure() {
        label = "key-" + getClass().getSimpleName() + "-" + ++tests;
        server = newServer();
        sa = server.connect("sa");
        run(
                "CREATE CRYPTOGRAPHIC PROVIDER Coffer FROM FILE = 'coffer'",
                "CREATE CREDENTIAL c WITH IDENTITY = 'alice', SECRET = '" + TestModule.PIN
                        + "' FOR CRYPTOGRAPHIC PROVIDER Coffer",
                "CREATE CREDENTIAL wrong WITH IDENTITY = 'alice', SECRET = 'wrong' FOR CRYPTOGRAPHIC PROVIDER Coffer",
                "ALTER LOGIN sa ADD CREDENTIAL c");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    final void run(String... statements) {
        List.of(statements).forEach(sa::execute);
    }

    final String createKey(String name) {
        return "CREATE ASYMMETRIC KEY " + name
                + " FROM PROVIDER Coffer WITH ALGORITHM = RSA_2048, PROVIDER_KEY_NAME = '" + label + name
                + "', CREATION_DISPOSITION = CREATE_NEW";
    }

    final void createCells() {
        run("CREATE SYMMETRIC KEY cells FROM PROVIDER Coffer WITH ALGORITHM = AES_256, PROVIDER_KEY_NAME = '" + label
                + "cells', CREATION_DISPOSITION = CREATE_NEW");
    }

    final void encryptDatabase() {
        run(
                createKey("tde"),
                "CREATE LOGIN tde_login FROM ASYMMETRIC KEY tde",
                "ALTER LOGIN tde_login ADD CREDENTIAL c",
                "CREATE DATABASE shop",
                "USE shop",
                "CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM = AES_256 ENCRYPTION BY SERVER ASYMMETRIC KEY tde",
                "ALTER DATABASE shop SET ENCRYPTION ON");
    }

    final void assertRefused(String statement, int number, int code) {
        assertThatThrownBy(() -> sa.execute(statement)).isInstanceOfSatisfying(SqlError.class, error -> {
            assertThat(error.number()).as(error.getMessage()).isEqualTo(number);
            assertThat(error.providerCode()).as(error.getMessage()).isEqualTo(code);
        });
    }

    @Test
    void startsAnEncryptedDatabaseByItsBootRecord() {
        encryptDatabase();

        assertThat(server.restart()).isEmpty();

        assertThat(server.databases().get("shop").isOnline()).isTrue();
        assertThat(server.databases().get("shop").isEncrypted()).isTrue();
    }

    @Test
    void rotatesTheProtectorAndTheDatabaseKey() {
        encryptDatabase();
        Database.BootRecord old = server.databases().get("shop").boot();
        run(
                createKey("next"),
                "CREATE LOGIN next_login FROM ASYMMETRIC KEY next",
                "ALTER LOGIN next_login ADD CREDENTIAL c",
                "ALTER DATABASE ENCRYPTION KEY ENCRYPTION BY SERVER ASYMMETRIC KEY next",
                "ALTER DATABASE ENCRYPTION KEY REGENERATE WITH ALGORITHM = AES_256");

        assertThat(server.databases().get("shop").boot().protector()).isNotEqualTo(old.protector());
        assertThat(server.restart()).isEmpty();
    }

    @Test
    void startsADatabaseWhoseKeyWasDropped() {
        encryptDatabase();
        run("DROP ASYMMETRIC KEY tde REMOVE PROVIDER KEY");
        Map<String, SqlError> failed = server.restart();
        assertThat(failed.get("shop").number()).isEqualTo(33111);
        assertRefused(
                "CREATE ASYMMETRIC KEY tde FROM PROVIDER Coffer WITH PROVIDER_KEY_NAME = '" + label
                        + "tde', CREATION_DISPOSITION = OPEN_EXISTING",
                33049,
                EkmStatus.NOT_FOUND.code());
    }

    @Test
    void opensAKeyOfAnotherServer() {
        encryptDatabase();
        try (SqlServer other = newServer();
                SqlConnection there = other.connect("sa")) {
            List.of(
                            "CREATE CRYPTOGRAPHIC PROVIDER Coffer FROM FILE = 'coffer'",
                            "CREATE CREDENTIAL c WITH IDENTITY = 'alice', SECRET = '" + TestModule.PIN
                                    + "' FOR CRYPTOGRAPHIC PROVIDER Coffer",
                            "ALTER LOGIN sa ADD CREDENTIAL c",
                            "CREATE ASYMMETRIC KEY restored FROM PROVIDER Coffer WITH PROVIDER_KEY_NAME = '" + label
                                    + "tde', CREATION_DISPOSITION = OPEN_EXISTING")
                    .forEach(there::execute);

            KeyRow mine = server.asymmetricKeys().get("tde");
            KeyRow theirs = other.asymmetricKeys().get("restored");
            assertThat(theirs.key()).isEqualTo(mine.key());
            assertThat(theirs.publicKey()).isEqualTo(mine.publicKey()).startsWith('R', 'S', 'A', '1');
        }
    }

    @Test
    void encryptsCells() {
        createCells();

        String cell = sa.execute("SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'4111 1111')")
                .value();

        assertThat(cell).doesNotContain("3100310031");
        assertThat(sa.execute("SELECT DECRYPTBYKEY(" + cell + ")").value()).isEqualTo("4111 1111");
        char last = cell.charAt(cell.length() - 1);
        String altered = cell.substring(0, cell.length() - 1) + (last == '0' ? '1' : '0');
        assertRefused("SELECT DECRYPTBYKEY(" + altered + ")", 33049, EkmStatus.DATA_INVALID.code());
    }

    @Test
    void showsTheProviderInItsViews() {
        createCells();

        assertThat(sa.execute("SELECT * FROM sys.dm_cryptographic_provider_properties")
                        .rows())
                .containsExactly(List.of(
                        "af49bf6d-34fc-4605-81e8-765a6ec28c48", "1.0.0.0", "1.1.0.0", "Coffer", "BASIC", "1", "5"));
        assertThat(sa.execute("SELECT * FROM sys.dm_cryptographic_provider_algorithms(Coffer)")
                        .rows())
                .extracting(row -> row.get(1))
                .containsExactly("RSA_2048", "RSA_3072", "RSA_4096", "AES_128", "AES_192", "AES_256");
        assertThat(sa.execute("SELECT * FROM sys.dm_cryptographic_provider_keys(Coffer)")
                        .rows())
                .extracting(row -> row.get(1))
                .contains(label + "cells");
        assertThat(sa.execute("SELECT * FROM sys.dm_cryptographic_provider_keys(Coffer)")
                        .rows())
                .extracting(row -> row.get(2))
                .allMatch(thumbprint -> thumbprint.matches("0x[0-9a-f]{40}"));
        assertThat(sa.execute("SELECT * FROM sys.dm_cryptographic_provider_sessions(1)")
                        .rows())
                .hasSize(1);
        server.connect("sa");
        assertThat(sa.execute("SELECT * FROM sys.dm_cryptographic_provider_sessions(1)")
                        .rows())
                .hasSize(1);
    }

    @Test
    void givesSqlServersMessages() {
        createCells();
        assertRefused(createKey("x").replace("RSA_2048", "RSA_512"), 33039, 0);
        assertRefused(createKey("x").replace("RSA_2048", "AES_256"), 33088, 0);
        assertRefused(createKey("x").replace("CREATE_NEW", "OPEN_EXISTING"), 33034, 0);
        assertRefused(
                createKey("cells").replace("ASYMMETRIC", "SYMMETRIC").replace("RSA_2048", "AES_128"),
                33035,
                EkmStatus.KEY_EXISTS.code());
        assertRefused("CREATE CRYPTOGRAPHIC PROVIDER Again FROM FILE = 'coffer'", 33026, 0);
        assertRefused("DROP CRYPTOGRAPHIC PROVIDER Coffer", 33044, 0);
        assertRefused("SELECT ENCRYPTBYKEY(KEY_GUID('none'), N'x')", 15151, 0);
    }

    @Test
    void wantsALoginWithACredentialOfTheKeysOwn() {
        run(createKey("tde"), "CREATE DATABASE shop", "USE shop");
        String create = "CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM = AES_256 ENCRYPTION BY SERVER ASYMMETRIC KEY ";

        assertRefused(create + "other", 33120, 0);
        assertRefused(create + "tde", 33121, 0);
    }

    @Test
    void tellsAWrongCredential() {
        createCells();
        run("ALTER LOGIN sa DROP CREDENTIAL c");
        sa.close();
        sa = server.connect("sa");
        assertRefused("SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'x')", 33046, 0);
        run("ALTER LOGIN sa ADD CREDENTIAL wrong");
        assertRefused("SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'x')", 33028, EkmStatus.AUTH_FAILURE.code());
        run("ALTER LOGIN sa DROP CREDENTIAL wrong", "ALTER LOGIN sa ADD CREDENTIAL c");
        assertThat(sa.execute("SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'x')").value())
                .startsWith("0x");
    }

    @Test
    void servesManyConnectionsAtOnce() throws Exception {
        createCells();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> work = IntStream.range(0, 8)
                    .mapToObj(number -> (Callable<Integer>) () -> encryptMany(number))
                    .toList();
            for (Future<Integer> done : threads.invokeAll(work)) {
                assertThat(done.get()).isEqualTo(50);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private int encryptMany(int number) {
        try (SqlConnection own = server.connect("sa")) {
            for (int i = 0; i < 50; i++) {
                String text = "value " + number + " " + i;
                String cell = own.execute("SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'" + text + "')")
                        .value();
                assertThat(own.execute("SELECT DECRYPTBYKEY(" + cell + ")").value())
                        .isEqualTo(text);
            }
            return 50;
        }
    }

    @Test
    void importsNothing() {
        createCells();
        assertThatThrownBy(() -> server.provider("Coffer").callbacks().importKey(0, "x", new byte[16]))
                .isInstanceOfSatisfying(
                        ProviderRefusal.class,
                        refusal -> assertThat(refusal.code())
                                .isIn(EkmStatus.NOT_SUPPORTED.code(), EkmStatus.SESSION_EXPIRED.code()));
    }
}
