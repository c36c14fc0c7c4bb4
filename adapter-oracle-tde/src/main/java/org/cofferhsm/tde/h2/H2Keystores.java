package org.cofferhsm.tde.h2;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.OraCause;

/**
 * The keystores that URLs {@code jdbc:h2:tde:NAME:PATH} may name. H2's file systems and JDBC's drivers belong to the
 * whole JVM, and so do these.
 *
 * <pre>{@code
 * try (var open = H2Keystores.register("hr", KeystoreAccess.of(keystore));
 *      Connection hr = DriverManager.getConnection("jdbc:h2:tde:hr:/data/hr", "sa", password)) { … }
 * }</pre>
 *
 * <p>A name that nobody registered is looked for in the environment: {@link LoginFile}.
 */
public final class H2Keystores {

    private static final ConcurrentMap<String, KeystoreAccess> REGISTERED = new ConcurrentHashMap<>();

    private H2Keystores() {}

    /**
     * Makes a keystore known under this name (letters, digits, {@code _ . -}). Databases that are open stay open when it
     * is closed, as they hold their tablespace key; none can be opened any more.
     */
    public static Registration register(String name, KeystoreAccess access) {
        TdeUrl.requireName(name);
        TdeDriver.load();
        if (REGISTERED.putIfAbsent(name, access) != null) {
            throw OraCause.KEYSTORE_ALREADY_OPEN.refusal("a keystore is registered under \"" + name + "\" already");
        }
        return () -> REGISTERED.remove(name, access);
    }

    static KeystoreAccess named(String name) {
        KeystoreAccess access = REGISTERED.get(name);
        return access != null
                ? access
                : LoginFile.of(name, System::getenv, System::getProperty).orElseThrow(() -> unknown(name));
    }

    private static HsmException unknown(String name) {
        return OraCause.KEYSTORE_NOT_OPEN.refusal("no keystore \"" + name
                + "\" is open here; register it (H2Keystores.register), or put its login into the file " + name
                + ".properties in the directory that COFFER_TDE_LOGINS names");
    }

    /** A keystore's place among the names; {@link #close} gives it up. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
