package org.cofferhsm.tde.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.h2.H2Keystores;
import org.cofferhsm.tde.h2.H2Tablespace;
import org.cofferhsm.tde.h2.KeystoreAccess;

/** An encrypted H2 database with customers and their cards. */
final class CustomerDatabase {

    static final int ROWS = 1_000;

    private static final String NAME = "Grace Example";
    private static final String CARD = "4111 1111 1111 1111";
    private static final String KEYSTORE = "coffer-quickstart";

    private final Path directory;
    private final TdeKeystore keystore;

    CustomerDatabase(Path directory, TdeKeystore keystore) {
        this.directory = directory;
        this.keystore = keystore;
    }

    static Path file(Path directory) {
        return directory.resolve("customers" + H2Tablespace.SUFFIX);
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void connected(Work work) {
        String url = "jdbc:h2:tde:" + KEYSTORE + ":" + directory.resolve("customers") + ";TAG_PAGES=TRUE";
        H2Keystores.Registration registration = H2Keystores.register(KEYSTORE, KeystoreAccess.of(keystore));
        try (Connection connection = DriverManager.getConnection(url)) {
            work.on(connection);
        } catch (SQLException e) {
            throw HsmException.encryptedDataInvalid("the database of the quickstart: " + e.getMessage())
                    .causedBy(e);
        } finally {
            registration.close();
        }
    }

    /** Makes the database and fills it. */
    void fill() {
        connected(connection -> {
            connection
                    .createStatement()
                    .execute("create table customer(id int primary key, name varchar, card varchar)");
            try (PreparedStatement insert = connection.prepareStatement("insert into customer values(?, ?, ?)")) {
                for (int id = 0; id < ROWS; id++) {
                    insert.setInt(1, id);
                    insert.setString(2, NAME);
                    insert.setString(3, CARD);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    /** Complains unless all customers are there. */
    void read() {
        connected(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("select count(*) from customer where name = ? and card = ?")) {
                query.setString(1, NAME);
                query.setString(2, CARD);
                ResultSet rows = query.executeQuery();
                rows.next();
                if (rows.getInt(1) != ROWS) {
                    throw HsmException.encryptedDataInvalid("the database of the quickstart has lost customers");
                }
            }
        });
    }

    /** Complains when a name or a card can be read from the disk. */
    void requireCiphertext() {
        try {
            String bytes = Files.readString(file(directory), StandardCharsets.ISO_8859_1);
            if (List.of(NAME, CARD).stream().anyMatch(bytes::contains)) {
                throw HsmException.internal("customers can be read from " + file(directory));
            }
        } catch (IOException e) {
            throw HsmException.storeUnavailable("cannot read " + file(directory))
                    .causedBy(e);
        }
    }

    /** Puts the tablespace key under the current master key, also after a rotation that was interrupted. */
    void rewrap() {
        H2Tablespace tablespace = H2Tablespace.at(file(directory));
        var current = keystore.currentMasterKey();
        if (current.stream()
                .noneMatch(key -> key.id().equals(tablespace.wrappedKey().masterKey()))) {
            tablespace.replace(keystore.rewrap(tablespace.wrappedKey()));
        }
    }

    /** Removes a database that cannot be read any more. */
    void remove() {
        try {
            Files.delete(file(directory));
        } catch (IOException e) {
            throw HsmException.storeUnavailable("cannot remove " + file(directory))
                    .causedBy(e);
        }
    }
}
