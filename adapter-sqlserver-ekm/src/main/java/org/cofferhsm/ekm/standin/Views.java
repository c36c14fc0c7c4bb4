package org.cofferhsm.ekm.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.KeyFlag;
import org.cofferhsm.ekm.ProviderInfo;

/** The four dynamic management views on providers. */
final class Views {

    private Views() {}

    static List<Statement> all() {
        String view = "SELECT \\* FROM sys\\.dm_cryptographic_provider_";
        return List.of(
                Statement.of(view + "properties", Views::properties),
                Statement.of(view + "algorithms\\(<provider>\\)", Views::algorithms),
                Statement.of(view + "keys\\(<provider>\\)", Views::keys),
                Statement.of(view + "sessions\\((?<all>[01])\\)", Views::sessions));
    }

    private static Rows properties(SqlConnection connection, Matcher found) {
        List<List<String>> rows = connection.server().providers().values().stream()
                .map(each -> row(each.callbacks().information()))
                .toList();
        return new Rows(
                List.of(
                        "guid",
                        "provider_version",
                        "sqlcrypt_version",
                        "friendly_name",
                        "authentication_type",
                        "symmetric_key_support",
                        "asymmetric_key_support"),
                rows);
    }

    private static List<String> row(ProviderInfo each) {
        return List.of(
                each.guid().toString(),
                each.version().toString(),
                each.scpVersion().toString(),
                each.name(),
                each.authType() == 1 ? "BASIC" : "OTHER",
                Integer.toString(KeyFlag.bits(each.symmetricSupport())),
                Integer.toString(KeyFlag.bits(each.asymmetricSupport())));
    }

    private static Rows algorithms(SqlConnection connection, Matcher found) {
        LoadedProvider provider = connection.server().provider(found.group("provider"));
        List<List<String>> rows = provider.algorithmIds()
                .mapToObj(provider.callbacks()::algorithm)
                .map(Views::row)
                .toList();
        return new Rows(List.of("algorithm_id", "algorithm_tag", "key_type", "key_length"), rows);
    }

    private static List<String> row(EkmAlgorithm each) {
        return List.of(
                Integer.toString(each.id()),
                each.tag(),
                each.isAsymmetric() ? "ASYMMETRIC KEY" : "SYMMETRIC KEY",
                Integer.toString(each.bits()));
    }

    private static Rows keys(SqlConnection connection, Matcher found) {
        List<List<String>> rows =
                connection.call(found.group("provider"), 33029, "cannot list the keys of the provider", Views::allKeys);
        return new Rows(List.of("key_id", "key_name", "key_thumbprint", "algorithm_tag"), rows);
    }

    private static List<List<String>> allKeys(SqlConnection.Session session) {
        List<List<String>> rows = new ArrayList<>();
        for (int id = next(session, 0); id != 0; id = next(session, id)) {
            EkmKey key = session.callbacks().keyById(session.number(), id);
            rows.add(List.of(
                    Integer.toUnsignedString(id),
                    key.name(),
                    key.thumbprint().toString(),
                    key.algorithm().tag()));
        }
        return rows;
    }

    private static int next(SqlConnection.Session session, int id) {
        try {
            return session.callbacks().nextKey(session.number(), id);
        } catch (ProviderRefusal end) {
            if (end.is(EkmStatus.NOT_FOUND)) {
                return 0;
            }
            throw end;
        }
    }

    /** SQL Server's own table: the provider is not asked. */
    private static Rows sessions(SqlConnection connection, Matcher found) {
        List<SqlConnection> shown =
                found.group("all").equals("1") ? connection.server().connections() : List.of(connection);
        List<List<String>> rows = shown.stream()
                .flatMap(each -> each.sessions().entrySet().stream()
                        .map(entry -> List.of(entry.getKey(), "0x" + Long.toHexString(entry.getValue()), each.login())))
                .toList();
        return new Rows(List.of("provider", "session_handle", "identity"), rows);
    }
}
