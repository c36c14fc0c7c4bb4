package org.cofferhsm.ekm.standin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.cofferhsm.ekm.Thumbprint;

/**
 * The stand-in for one SQL Server: its catalogue, and its connections. Restarting it does what starting the service does: each
 * encrypted database asks its provider for the key in its boot record.
 */
public final class SqlServer implements AutoCloseable {

    private final Function<String, Callbacks> loader;
    private final Map<String, LoadedProvider> providers = new ConcurrentHashMap<>();
    private final Map<String, SqlCredential> credentials = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> logins = new ConcurrentHashMap<>();
    private final Map<String, String> loginOfKey = new ConcurrentHashMap<>();
    private final Map<String, KeyRow> asymmetricKeys = new ConcurrentHashMap<>();
    private final Map<String, KeyRow> symmetricKeys = new ConcurrentHashMap<>();
    private final Map<String, Database> databases = new ConcurrentHashMap<>();
    private final List<SqlConnection> connections = new CopyOnWriteArrayList<>();

    /** @param loader gives the functions of the library in the file that CREATE CRYPTOGRAPHIC PROVIDER names */
    public SqlServer(Function<String, Callbacks> loader) {
        this.loader = loader;
        logins.put("sa", ConcurrentHashMap.newKeySet());
    }

    /** Connects a login. */
    public SqlConnection connect(String login) {
        if (!logins.containsKey(login)) {
            throw new SqlError(18456, "login failed for " + login);
        }
        SqlConnection made = new SqlConnection(this, login);
        connections.add(made);
        return made;
    }

    void forget(SqlConnection closed) {
        connections.remove(closed);
    }

    List<SqlConnection> connections() {
        return connections;
    }

    Map<String, LoadedProvider> providers() {
        return providers;
    }

    Map<String, SqlCredential> credentials() {
        return credentials;
    }

    /** The names of a login's credentials, by the login's name. */
    Map<String, Set<String>> logins() {
        return logins;
    }

    /** CREATE LOGIN … FROM ASYMMETRIC KEY: the login by the key's name. */
    Map<String, String> loginOfKey() {
        return loginOfKey;
    }

    Map<String, KeyRow> asymmetricKeys() {
        return asymmetricKeys;
    }

    Map<String, KeyRow> symmetricKeys() {
        return symmetricKeys;
    }

    Map<String, Database> databases() {
        return databases;
    }

    LoadedProvider provider(String name) {
        return Optional.ofNullable(providers.get(name))
                .orElseThrow(() -> new SqlError(15151, "there is no cryptographic provider " + name));
    }

    Callbacks load(String file) {
        return loader.apply(file);
    }

    SqlCredential credential(String login, String provider) {
        return logins.getOrDefault(login, Set.of()).stream()
                .map(credentials::get)
                .filter(each -> each != null && each.provider().equals(provider))
                .findFirst()
                .orElseThrow(() -> new SqlError(33046, "the login " + login + " has no credential for " + provider));
    }

    KeyRow protector(Thumbprint thumbprint) {
        return asymmetricKeys.values().stream()
                .filter(each -> each.key().thumbprint().equals(thumbprint))
                .findFirst()
                .orElseThrow(
                        () -> new SqlError(33111, "there is no server asymmetric key with thumbprint " + thumbprint));
    }

    /** The login that SQL Server uses a key as, in its own name. */
    String loginFor(KeyRow key) {
        return Optional.ofNullable(loginOfKey.get(key.name()))
                .filter(login -> !logins.getOrDefault(login, Set.of()).isEmpty())
                .orElseThrow(() -> new SqlError(
                        33121, "there is no login with a credential made from the asymmetric key " + key.name()));
    }

    /**
     * Stops and starts: sessions and libraries are gone, and databases come up by their boot records.
     *
     * @return the databases that did not, and why
     */
    public Map<String, SqlError> restart() {
        connections.forEach(SqlConnection::close);
        databases.values().forEach(Database::stop);
        providers.replaceAll((name, old) -> {
            old.unload();
            return LoadedProvider.load(name, old.file(), () -> load(old.file()));
        });
        Map<String, SqlError> failed = new ConcurrentHashMap<>();
        databases.values().stream().filter(Database::hasKey).forEach(database -> start(database, failed));
        return failed;
    }

    private void start(Database database, Map<String, SqlError> failed) {
        try {
            start(database);
        } catch (SqlError error) {
            failed.put(database.name(), error); // RECOVERY PENDING
        }
    }

    /** Starts one database by its boot record. */
    void start(Database database) {
        KeyRow key = protector(database.boot().protector());
        try (SqlConnection system = connect(loginFor(key))) {
            database.start(system.unwrap(key, database.boot().wrapped()));
        }
    }

    @Override
    public void close() {
        connections.forEach(SqlConnection::close);
        databases.values().forEach(Database::stop);
        providers.values().forEach(LoadedProvider::unload);
        providers.clear();
    }
}
