package org.cofferhsm.hsm.jce;

import java.nio.file.Path;
import java.util.function.Function;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.Seal;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;

/** A module with somebody logged in, through the service where one runs. A JVM that ends closes it. */
final class OpenModule implements AutoCloseable {

    private final ModuleAccess module;
    private final Session session;
    private final Thread atExit = new Thread(this::closeModule, "coffer-jce-close");

    private OpenModule(ModuleAccess module, Session session) {
        this.module = module;
        this.session = session;
    }

    static OpenModule open(ModuleAccess module, Credentials credentials) {
        try {
            OpenModule open = new OpenModule(module, module.login(credentials.user(), credentials.pin()));
            Runtime.getRuntime().addShutdownHook(open.atExit);
            return open;
        } catch (RuntimeException e) {
            module.close();
            throw e;
        }
    }

    /** The module in this directory. */
    static ModuleAccess in(Path home, Function<Path, Seal> seal) {
        return ModuleAccess.to(home, () -> own(home, seal));
    }

    private static Hsm own(Path home, Function<Path, Seal> seal) {
        requireSql();
        Hsm hsm = Hsm.open(home);
        try {
            unlock(hsm, seal.apply(home));
            return hsm;
        } catch (RuntimeException e) {
            hsm.close();
            throw e;
        }
    }

    /** keytool and jarsigner start with few of the JDK's modules, and a class path pulls in no more. */
    private static void requireSql() {
        if (ModuleLayer.boot().findModule("java.sql").isEmpty()) {
            throw HsmException.moduleStateWrong("this JVM runs without its module java.sql, which the store needs;"
                    + " put Coffer on the module path (-J-p -Jlib in place of -J-cp), or add -J--add-modules=java.sql,"
                    + " or let coffer serve run");
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
        module.login(credentials.user(), credentials.pin()).close();
    }

    @Override
    public void close() {
        forgetHook();
        closeModule();
    }

    private void closeModule() {
        try (module) {
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
