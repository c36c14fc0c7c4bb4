package org.cofferhsm.samples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.h2.H2Keystores;
import org.cofferhsm.tde.h2.H2Tablespace;
import org.cofferhsm.tde.h2.KeystoreAccess;

/** An embedded H2 database whose pages are encrypted; its master key is rotated while it is open. */
public final class EncryptH2Database {

    private EncryptH2Database() {}

    public static void main(String[] arguments) {
        DemoModule.run(
                arguments,
                "h2",
                session -> run(session, Path.of(arguments[0]).resolveSibling("customers"), DemoModule.out()));
    }

    static void run(Session session, Path database, PrintStream out) {
        TdeKeystore keystore = new TdeKeystore(session);
        keystore.setKey("first");
        H2Keystores.Registration registration = H2Keystores.register("demo", KeystoreAccess.of(keystore));
        try (Connection connection = DriverManager.getConnection("jdbc:h2:tde:demo:" + database.toAbsolutePath());
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists customer(name varchar)");
            statement.execute("insert into customer values('Grace Example')");

            // Only the header is written anew, and the database stays open:
            H2Tablespace file = H2Tablespace.at(Path.of(database + H2Tablespace.SUFFIX));
            keystore.setKey("after the audit");
            keystore.rewrapAll(List.of(file));
            out.println("tablespace key of " + file.name() + " wrapped under "
                    + file.wrappedKey().masterKey());

            ResultSet rows = statement.executeQuery("select count(*), min(name) from customer");
            rows.next();
            out.println(rows.getInt(1) + " of " + rows.getString(2));
        } catch (SQLException e) {
            throw HsmException.encryptedDataInvalid("the sample's database: " + e.getMessage())
                    .causedBy(e);
        } finally {
            registration.close();
        }
    }
}
