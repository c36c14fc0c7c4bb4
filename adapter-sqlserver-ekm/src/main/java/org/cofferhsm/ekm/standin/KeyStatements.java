package org.cofferhsm.ekm.standin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.Thumbprint;

/** CREATE and DROP ASYMMETRIC KEY and SYMMETRIC KEY, FROM PROVIDER. */
final class KeyStatements {

    private static final String CREATE =
            "CREATE (?<kind>A?SYMMETRIC) KEY <name>( AUTHORIZATION \\w+)? FROM PROVIDER <provider> WITH\\s+"
                    + "(ALGORITHM\\s*=\\s*(?<algorithm>\\w+)\\s*,\\s*)?PROVIDER_KEY_NAME\\s*=\\s*N?'(?<label>[^']*)'\\s*,\\s*"
                    + "CREATION_DISPOSITION\\s*=\\s*(?<how>CREATE_NEW|OPEN_EXISTING)";

    private KeyStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(CREATE, KeyStatements::create),
                Statement.of(
                        "DROP (?<kind>A?SYMMETRIC) KEY <name>(?<remove> REMOVE PROVIDER KEY)?", KeyStatements::drop));
    }

    private static Map<String, KeyRow> rows(SqlConnection connection, Matcher found) {
        boolean pair = found.group("kind").equalsIgnoreCase("ASYMMETRIC");
        return pair ? connection.server().asymmetricKeys() : connection.server().symmetricKeys();
    }

    private static Rows create(SqlConnection connection, Matcher found) {
        Map<String, KeyRow> rows = rows(connection, found);
        boolean pair = rows == connection.server().asymmetricKeys();
        String provider = found.group("provider");
        boolean existing = found.group("how").equalsIgnoreCase("OPEN_EXISTING");
        EkmKey key = existing ? open(connection, provider, found) : make(connection, provider, found);
        if (key.algorithm().isAsymmetric() != pair) {
            throw new SqlError(33088, "the key \"" + key.name() + "\" is of another type than the statement says");
        }
        byte[] publicKey = pair ? export(connection, provider, key) : new byte[0];
        rows.put(found.group("name"), new KeyRow(found.group("name"), provider, key, publicKey));
        return Rows.NONE;
    }

    private static EkmKey open(SqlConnection connection, String provider, Matcher found) {
        if (found.group("algorithm") != null) {
            throw new SqlError(33034, "no algorithm can be given for an existing key");
        }
        return connection.call(provider, 33049, "there is no key \"" + found.group("label") + "\"", session -> {
            EkmKey key = session.callbacks().keyByName(session.number(), found.group("label"));
            session.callbacks().algorithm(key.algorithm().id());
            return key;
        });
    }

    private static EkmKey make(SqlConnection connection, String provider, Matcher found) {
        String label = found.group("label");
        return connection.call(provider, 33035, "cannot create the key \"" + label + "\"", session -> {
            EkmAlgorithm algorithm = algorithm(connection, provider, found);
            Thumbprint made = session.callbacks().createKey(session.number(), label, algorithm.id(), 0);
            return session.callbacks().keyByThumbprint(session.number(), made);
        });
    }

    private static EkmAlgorithm algorithm(SqlConnection connection, String provider, Matcher found) {
        return Optional.ofNullable(found.group("algorithm"))
                .map(tag -> connection.server().provider(provider).algorithms().get(tag))
                .orElseThrow(() -> new SqlError(33039, "the provider has no algorithm of that name"));
    }

    private static byte[] export(SqlConnection connection, String provider, EkmKey key) {
        return connection.call(
                provider,
                33037,
                "cannot export the key \"" + key.name() + "\"",
                session -> session.callbacks().exportKey(session.number(), key.thumbprint()));
    }

    private static Rows drop(SqlConnection connection, Matcher found) {
        KeyRow row = Optional.ofNullable(rows(connection, found).get(found.group("name")))
                .orElseThrow(() -> new SqlError(15151, "there is no key " + found.group("name")));
        if (found.group("remove") != null) {
            connection.call(
                    row.provider(), 33036, "cannot drop the key " + row.name() + " in the provider", session -> {
                        session.callbacks().dropKey(session.number(), row.key().thumbprint());
                        return row;
                    });
        }
        rows(connection, found).remove(row.name());
        return Rows.NONE;
    }
}
