package org.cofferhsm.ekm.standin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.cofferhsm.ekm.standin.Database.BootRecord;

/** Transparent data encryption: the provider encrypts a database's key, and pages are encrypted without it. */
final class DatabaseStatements {

    private DatabaseStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of("CREATE DATABASE <name>", DatabaseStatements::create),
                Statement.of("USE <name>", DatabaseStatements::use),
                Statement.of(
                        "CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM\\s*=\\s*AES_256 ENCRYPTION BY SERVER ASYMMETRIC KEY <key>",
                        DatabaseStatements::createKey),
                Statement.of(
                        "ALTER DATABASE ENCRYPTION KEY ENCRYPTION BY SERVER ASYMMETRIC KEY <key>",
                        DatabaseStatements::changeProtector),
                Statement.of(
                        "ALTER DATABASE ENCRYPTION KEY REGENERATE WITH ALGORITHM\\s*=\\s*AES_256",
                        DatabaseStatements::regenerate),
                Statement.of("ALTER DATABASE <name> SET ENCRYPTION (?<switch>ON|OFF)", DatabaseStatements::encrypt),
                Statement.of("ALTER DATABASE <name> SET (?<switch>ONLINE|OFFLINE)", DatabaseStatements::start));
    }

    private static Rows create(SqlConnection connection, Matcher found) {
        connection.server().databases().put(found.group("name"), new Database(found.group("name")));
        return Rows.NONE;
    }

    private static Rows use(SqlConnection connection, Matcher found) {
        connection.use(database(connection, found).name());
        return Rows.NONE;
    }

    private static Database database(SqlConnection connection, Matcher found) {
        return Optional.ofNullable(connection.server().databases().get(found.group("name")))
                .orElseThrow(() -> new SqlError(911, "there is no database " + found.group("name")));
    }

    private static KeyRow key(SqlConnection connection, Matcher found) {
        return Optional.ofNullable(connection.server().asymmetricKeys().get(found.group("key")))
                .orElseThrow(() ->
                        new SqlError(33120, "there is no asymmetric key " + found.group("key") + " of a provider"));
    }

    /** As the login made from the key, whose credential it takes; not as who runs the statement. */
    private static BootRecord protect(SqlServer server, KeyRow key, byte[] dek) {
        try (SqlConnection system = server.connect(server.loginFor(key))) {
            return new BootRecord(key.key().thumbprint(), system.wrap(key, dek));
        }
    }

    private static Rows createKey(SqlConnection connection, Matcher found) {
        byte[] dek = Database.newDek();
        connection.database().keep(dek, protect(connection.server(), key(connection, found), dek));
        return Rows.NONE;
    }

    /** Only the key is encrypted anew; pages stay as they are. */
    private static Rows changeProtector(SqlConnection connection, Matcher found) {
        SqlServer server = connection.server();
        Database database = connection.database();
        KeyRow old = server.protector(database.boot().protector());
        byte[] dek;
        try (SqlConnection system = server.connect(server.loginFor(old))) {
            dek = system.unwrap(old, database.boot().wrapped());
        }
        database.keep(dek, protect(server, key(connection, found), dek));
        return Rows.NONE;
    }

    private static Rows regenerate(SqlConnection connection, Matcher found) {
        Database database = connection.database();
        KeyRow key = connection.server().protector(database.boot().protector());
        byte[] dek = Database.newDek();
        database.keep(dek, protect(connection.server(), key, dek));
        return Rows.NONE;
    }

    private static Rows encrypt(SqlConnection connection, Matcher found) {
        Database database = database(connection, found);
        if (found.group("switch").equalsIgnoreCase("ON")) {
            database.encrypt();
        } else {
            database.decrypt();
        }
        return Rows.NONE;
    }

    private static Rows start(SqlConnection connection, Matcher found) {
        Database database = database(connection, found);
        if (found.group("switch").equalsIgnoreCase("OFFLINE")) {
            database.stop();
        } else if (database.hasKey()) {
            connection.server().start(database);
        }
        return Rows.NONE;
    }
}
