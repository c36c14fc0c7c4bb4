package org.cofferhsm.hsm.jce;

import java.nio.file.Path;
import java.util.function.Function;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.Seal;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;

/** A module with somebody logged in. A JVM that ends closes it. */
final class OpenModule implements AutoCloseable {

    private final Hsm hsm;
    private final Session session;
    private final Thread atExit = new Thread(this::closeModule, "coffer-jce-close");

    private OpenModule(Hsm hsm, Session session) {
        this.hsm = hsm;
        this.session = session;
    }

    static OpenModule open(Path home, Function<Path, Seal> seal, Credentials credentials) {
        requireSql();
        Hsm hsm = Hsm.open(home);
        try {
            unlock(hsm, seal.apply(home));
            OpenModule module = new OpenModule(hsm, hsm.login(credentials.user(), credentials.pin()));
            Runtime.getRuntime().addShutdownHook(module.atExit);
            return module;
        } catch (RuntimeException e) {
            hsm.close();
            throw e;
        }
    }

    /** keytool and jarsigner start with few of the JDK's modules, and a class path pulls in no more. */
    private static void requireSql() {
        if (ModuleLayer.boot().findModule("java.sql").isEmpty()) {
            throw HsmException.moduleStateWrong("this JVM runs without its module java.sql, which the store needs;"
                    + " put Coffer on the module path (-J-p -Jlib in place of -J-cp) or add -J--add-modules=java.sql");
        }
    }

    private static void unlock(Hsm hsm, Seal seal) {
        try {
            hsm.unlock(seal);
        } finally {
            if (seal instanceof Passphrase passphrase) {
                passphrase.close();
            }
        }
    }

    Session session() {
        return session;
    }

    /** Complains unless these are the PIN and name of who is logged in. */
    void authenticate(Credentials credentials) {
        if (!credentials.user().equals(session.user().name())) {
            throw HsmException.argumentInvalid("the provider is logged in as "
                    + session.user().name() + "; log out before logging in as " + credentials.user()
                    + ", or use a second provider made by CofferProvider.of(session)");
        }
        hsm.login(credentials.user(), credentials.pin()).close();
    }

    @Override
    public void close() {
        forgetHook();
        closeModule();
    }

    private void closeModule() {
        try (hsm) {
            session.close();
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, or has run; closing twice does no harm.
            return;
        }
    }
}
