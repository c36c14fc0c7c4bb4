package org.cofferhsm.ekm.standin;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;

/** Statements on providers, credentials and logins: but for loading a library they only write the catalogue. */
final class ProviderStatements {

    private ProviderStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                        "CREATE CRYPTOGRAPHIC PROVIDER <name> FROM FILE\\s*=\\s*N?'(?<file>[^']*)'",
                        ProviderStatements::createProvider),
                Statement.of("DROP CRYPTOGRAPHIC PROVIDER <name>", ProviderStatements::dropProvider),
                Statement.of(
                        "CREATE CREDENTIAL <name> WITH IDENTITY\\s*=\\s*N?'(?<identity>[^']*)'\\s*,\\s*SECRET\\s*=\\s*"
                                + "N?'(?<secret>[^']*)' FOR CRYPTOGRAPHIC PROVIDER <provider>",
                        ProviderStatements::createCredential),
                Statement.of("CREATE LOGIN <name>( FROM ASYMMETRIC KEY <key>)?", ProviderStatements::createLogin),
                Statement.of("ALTER LOGIN <name> ADD CREDENTIAL <credential>", ProviderStatements::addCredential),
                Statement.of("ALTER LOGIN <name> DROP CREDENTIAL <credential>", ProviderStatements::dropCredential));
    }

    private static Rows createProvider(SqlConnection connection, Matcher found) {
        SqlServer server = connection.server();
        String file = found.group("file");
        LoadedProvider loaded = LoadedProvider.load(found.group("name"), file, () -> load(server, file));
        boolean taken = server.providers().values().stream()
                .anyMatch(each ->
                        each.information().guid().equals(loaded.information().guid()));
        if (taken) {
            loaded.unload();
            throw new SqlError(33026, "a cryptographic provider with this GUID exists");
        }
        server.providers().put(loaded.name(), loaded);
        return Rows.NONE;
    }

    private static Callbacks load(SqlServer server, String file) {
        try {
            return server.load(file);
        } catch (UnsatisfiedLinkError e) {
            boolean missing = String.valueOf(e.getMessage()).contains("Error looking up function");
            throw new SqlError(missing ? 33085 : 33027, "cannot load the library " + file);
        }
    }

    private static Rows dropProvider(SqlConnection connection, Matcher found) {
        LoadedProvider provider = connection.server().provider(found.group("name"));
        boolean inUse = connection.server().credentials().values().stream()
                .anyMatch(each -> each.provider().equals(provider.name()));
        if (inUse) {
            throw new SqlError(33044, "the cryptographic provider " + provider.name() + " has credentials");
        }
        connection.server().providers().remove(provider.name());
        provider.unload();
        return Rows.NONE;
    }

    private static Rows createCredential(SqlConnection connection, Matcher found) {
        SqlCredential made = new SqlCredential(
                found.group("name"),
                found.group("identity"),
                found.group("secret"),
                connection.server().provider(found.group("provider")).name());
        connection.server().credentials().put(made.name(), made);
        return Rows.NONE;
    }

    private static Rows createLogin(SqlConnection connection, Matcher found) {
        String name = found.group("name");
        String key = found.group("key");
        connection.server().logins().put(name, ConcurrentHashMap.newKeySet());
        if (key != null) {
            connection.server().loginOfKey().put(key, name);
        }
        return Rows.NONE;
    }

    private static Rows addCredential(SqlConnection connection, Matcher found) {
        connection
                .server()
                .logins()
                .getOrDefault(found.group("name"), ConcurrentHashMap.newKeySet())
                .add(found.group("credential"));
        return Rows.NONE;
    }

    private static Rows dropCredential(SqlConnection connection, Matcher found) {
        connection
                .server()
                .logins()
                .getOrDefault(found.group("name"), ConcurrentHashMap.newKeySet())
                .remove(found.group("credential"));
        return Rows.NONE;
    }
}
