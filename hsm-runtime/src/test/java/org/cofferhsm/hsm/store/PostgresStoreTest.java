package org.cofferhsm.hsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.store.Records.change;
import static org.cofferhsm.hsm.store.Records.object;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends ObjectStoreContract {

    private static EmbeddedPostgres server;
    private static int databases;

    private String url;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    ObjectStore create(RecordProtection keys) {
        if (url == null) {
            String database = "module" + databases++;
            run(server.getJdbcUrl("postgres", "postgres"), "CREATE DATABASE " + database);
            url = server.getJdbcUrl("postgres", database);
        }
        return PostgresStore.create(url, Records.MODULE, keys);
    }

    @Override
    ObjectStore open(RecordProtection keys) {
        return PostgresStore.open(url, Records.MODULE, keys);
    }

    @Override
    void tamper(String... statements) {
        run(url, statements);
    }

    private static void run(String url, String... statements) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesAModuleThatAnotherSessionOwns() {
        refuses(
                () -> open(protection),
                Reason.MODULE_IN_USE,
                "in use by coffer pid " + ProcessHandle.current().pid());
    }

    @Test
    void stopsWhenTheServerEndsItsSession() {
        store.commit(List.of(change("x", object(1, "a"))));
        run(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'coffer pid %'");
        refuses(
                () -> store.commit(List.of(change("x", object(2, "b")))),
                Reason.STORE_UNAVAILABLE,
                "nothing was changed");
        refuses(() -> store.root(), Reason.STORE_UNAVAILABLE, "open the module again");
        store = open(protection);
        assertThat(store.records()).extracting(StoreRecord::id).containsExactly(1L);
    }

    @Test
    void changesNothingWhenTheServerRefusesAStatement() {
        store.commit(List.of(change("x", object(1, "a"))));
        StoreRoot before = store.root();
        tamper("ALTER TABLE coffer_records ADD CONSTRAINT disk_full CHECK (id < 2)");
        refuses(
                () -> store.commit(List.of(change("x", object(1, "new"), object(2, "b")))),
                Reason.STORE_UNAVAILABLE,
                "nothing was changed");
        assertThat(store.root()).isEqualTo(before);
        tamper("ALTER TABLE coffer_records DROP CONSTRAINT disk_full");
        store.commit(List.of(change("x", object(2, "b"))));
        store.close();
        store = open(protection);
        assertThat(store.records()).extracting(StoreRecord::version).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void refusesToWriteOnWhatAnotherProgramWrote() {
        store.commit(List.of(change("x", object(1, "a"))));
        tamper("UPDATE coffer_state SET change_number = 5");
        refuses(() -> store.commit(List.of(change("x", object(2, "b")))), Reason.STORE_UNAVAILABLE, "another program");
        assertThat(store.root().change()).isEqualTo(1);
    }

    @Test
    void refusesADatabaseWithoutAStore() {
        refuses(
                () -> PostgresStore.open(server.getJdbcUrl("postgres", "postgres"), Records.MODULE, protection),
                Reason.STORE_UNAVAILABLE,
                "there is no store");
    }

    @Test
    void refusesAServerThatDoesNotAnswer() {
        refuses(
                () -> PostgresStore.open(
                        "jdbc:postgresql://localhost:1/none?user=x&password=hidden", Records.MODULE, protection),
                Reason.STORE_UNAVAILABLE,
                "does not answer");
    }

    @Test
    void refusesAServerThatDoesNotForceItsLog() throws IOException {
        try (EmbeddedPostgres careless =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
            refuses(
                    () -> PostgresStore.create(careless.getJdbcUrl("postgres", "postgres"), Records.MODULE, protection),
                    Reason.STORE_UNAVAILABLE,
                    "fsync = off");
        }
    }
}
