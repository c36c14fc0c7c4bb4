package org.cofferhsm.ekm.standin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cofferhsm.ekm.EkmStatus;
import org.jspecify.annotations.Nullable;

/** A connection of one login: at most one session of each provider, opened when it is first needed. */
public final class SqlConnection implements AutoCloseable {

    private static final byte[] NO_IV = {};
    private static final List<Statement> STATEMENTS = Stream.of(
                    ProviderStatements.all(),
                    KeyStatements.all(),
                    DatabaseStatements.all(),
                    CellStatements.all(),
                    Views.all())
            .flatMap(List::stream)
            .toList();

    private final SqlServer server;
    private final String login;
    private final Map<String, Long> sessions = new ConcurrentHashMap<>();
    private @Nullable String database;

    SqlConnection(SqlServer server, String login) {
        this.server = server;
        this.login = login;
    }

    /** Does one statement. */
    public Rows execute(String sql) {
        String statement = sql.strip().replaceAll(";$", "");
        return STATEMENTS.stream()
                .flatMap(each -> each.tryOn(this, statement).stream())
                .findFirst()
                .orElseThrow(() -> new SqlError(102, "incorrect syntax: " + shown(statement)));
    }

    /** Without a credential's secret, which is what follows that word. */
    private static String shown(String statement) {
        return statement.replaceAll("(?is)\\bSECRET\\b.*", "SECRET …");
    }

    SqlServer server() {
        return server;
    }

    String login() {
        return login;
    }

    Map<String, Long> sessions() {
        return sessions;
    }

    void use(String name) {
        database = name;
    }

    Database database() {
        return Optional.ofNullable(database)
                .map(server.databases()::get)
                .orElseThrow(() -> new SqlError(911, "no database is in use"));
    }

    /** Calls a function in this connection's session of the provider; what it refuses is the message of that number. */
    <T> T call(String provider, int message, String what, Function<Session, T> work) {
        Callbacks callbacks = server.provider(provider).callbacks();
        long session = sessions.computeIfAbsent(provider, name -> open(name, callbacks));
        try {
            return work.apply(new Session(callbacks, session));
        } catch (ProviderRefusal refusal) {
            throw new SqlError(refusal.is(EkmStatus.NOT_FOUND) ? 33049 : message, what, refusal);
        }
    }

    /** A provider's functions, and the session to call them with. */
    record Session(Callbacks callbacks, long number) {}

    private long open(String provider, Callbacks callbacks) {
        SqlCredential credential = server.credential(login, provider);
        try {
            return callbacks.openSession(credential.identity(), credential.secret());
        } catch (ProviderRefusal refusal) {
            throw new SqlError(33028, "cannot open a session of the cryptographic provider " + provider, refusal);
        }
    }

    byte[] wrap(KeyRow key, byte[] dek) {
        return call(
                key.provider(),
                33049,
                "cannot encrypt under the key " + key.name(),
                session ->
                        session.callbacks().encrypt(session.number(), key.key().thumbprint(), NO_IV, dek));
    }

    byte[] unwrap(KeyRow key, byte[] wrapped) {
        return call(key.provider(), 33049, "cannot decrypt under the key " + key.name(), session -> {
            session.callbacks().keyByThumbprint(session.number(), key.key().thumbprint());
            return session.callbacks().decrypt(session.number(), key.key().thumbprint(), NO_IV, wrapped);
        });
    }

    /** Kills a running statement, from another thread: KILL. */
    public void abort() {
        end(true);
    }

    private void end(boolean abort) {
        sessions.forEach((provider, session) -> {
            sessions.remove(provider);
            LoadedProvider loaded = server.providers().get(provider);
            if (loaded != null) {
                close(loaded.callbacks(), session, abort);
            }
        });
    }

    /** SQL Server has nothing to do about a session that does not close. */
    private static void close(Callbacks callbacks, long session, boolean abort) {
        try {
            callbacks.closeSession(session, abort);
        } catch (ProviderRefusal refusal) {
            if (!refusal.is(EkmStatus.SESSION_EXPIRED)) {
                throw refusal;
            }
        }
    }

    /** Disconnects. */
    @Override
    public void close() {
        end(false);
        server.forget(this);
    }
}
