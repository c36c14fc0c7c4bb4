package org.cofferhsm.hsm.jce;

import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.Provider;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginException;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The JCE provider {@code Coffer}: keys and certificates of a module behind Java's own interfaces, so that keytool,
 * jarsigner, JSSE and programs that know nothing of Coffer use them. Secrets stay in the module.
 *
 * <p>Made without arguments it opens the module in {@code COFFER_HOME} at the first login: {@code KeyStore.load} with the
 * password {@code user:pin}, {@link #login}, or by itself where {@code COFFER_PIN} or {@code coffer.pin.file} tell who
 * logs in. {@link #logout} or the end of the JVM closes the module. A directory has one owner at a time, so a program
 * makes one such provider per directory, and {@link #configure} one for another directory. A program that has a
 * {@link Session} gives it to {@link #of}.
 */
public final class CofferProvider extends AuthProvider {

    private static final String NAME = "Coffer";

    private final transient Connection connection;
    private transient volatile @Nullable CallbackHandler handler;

    /** The module in {@code COFFER_HOME}, opened at login. */
    public CofferProvider() {
        this(NAME, Optional.empty());
    }

    private CofferProvider(String name, Optional<Path> home) {
        super(name, "0.1", "Coffer: keys held by an embedded HSM");
        this.connection = new HomeConnection(Settings.ofProcess(), home, new Prompt(this::handler));
        register();
    }

    private CofferProvider(Session session) {
        super(NAME, "0.1", "Coffer: keys held by an embedded HSM");
        this.connection = new GivenConnection(session);
        register();
    }

    /** The keys of this session. Closing it stays with the caller. */
    public static CofferProvider of(Session session) {
        return new CofferProvider(session);
    }

    private void register() {
        for (CofferService.Line line : ServiceTable.lines()) {
            putService(new CofferService(this, line));
        }
    }

    Connection connection() {
        return connection;
    }

    /**
     * A provider for the module in another directory, called {@code Coffer-} and the directory's name, so that several
     * stand side by side.
     */
    @Override
    public Provider configure(String home) {
        Path directory = Path.of(home).toAbsolutePath().normalize();
        return new CofferProvider(NAME + "-" + directory.getFileName(), Optional.of(directory));
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    /**
     * Logs in with what the handler answers to a {@code PasswordCallback}, {@code user:pin}; without a handler with
     * what the environment says.
     *
     * @param subject not changed
     */
    @Override
    public void login(@Nullable Subject subject, @Nullable CallbackHandler asked) throws LoginException {
        Failures.loggingIn(() -> new Prompt(() -> Optional.ofNullable(asked))
                .credentials()
                .ifPresentOrElse(this::login, connection::login));
    }

    private void login(Credentials credentials) {
        try (credentials) {
            connection.login(credentials);
        }
    }

    /** Ends the session, and with it the session keys, and closes the module. A session given to {@link #of} stays. */
    @Override
    public void logout() throws LoginException {
        Failures.loggingIn(connection::logout);
    }

    /** Who is asked when somebody has to log in; null for the handler that the platform names. */
    @Override
    public void setCallbackHandler(@Nullable CallbackHandler newHandler) {
        handler = newHandler;
    }

    private Optional<CallbackHandler> handler() {
        return Optional.ofNullable(handler).or(Prompt::platformHandler);
    }
}
