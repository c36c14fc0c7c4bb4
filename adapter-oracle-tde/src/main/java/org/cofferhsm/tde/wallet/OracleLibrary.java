package org.cofferhsm.tde.wallet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Oracle's own wallet library ({@code oraclepki}), where its user has it. Coffer does not bring it, and needs it for
 * nothing but {@code cwallet.sso}, whose form only Oracle knows. Whoever names a jar runs what is in it.
 */
public final class OracleLibrary implements AutoCloseable {

    private static final String WALLET = "oracle.security.pki.OracleWallet";

    private final Class<?> wallet;
    private final Optional<URLClassLoader> own;

    private OracleLibrary(Class<?> wallet, Optional<URLClassLoader> own) {
        this.wallet = wallet;
        this.own = own;
    }

    /** The library in these jars: {@code oraclepki.jar}, of releases up to 21c with osdt_core.jar and osdt_cert.jar. */
    public static OracleLibrary in(List<Path> jars) {
        URLClassLoader loader = new URLClassLoader(
                jars.stream().map(OracleLibrary::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            return new OracleLibrary(loader.loadClass(WALLET), Optional.of(loader));
        } catch (ClassNotFoundException | LinkageError e) {
            close(loader);
            throw HsmException.argumentInvalid("there is no Oracle wallet library in " + jars
                            + "; give oraclepki.jar, of releases up to 21c with osdt_core.jar and osdt_cert.jar")
                    .causedBy(e);
        }
    }

    /** The library on the class path, when it is there. */
    public static Optional<OracleLibrary> onClassPath() {
        try {
            return Optional.of(new OracleLibrary(Class.forName(WALLET), Optional.empty()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static URL url(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw HsmException.argumentInvalid("there is no file " + jar);
        }
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw HsmException.argumentInvalid("the jar " + jar + " has a name that Java cannot load from")
                    .causedBy(e);
        }
    }

    /**
     * Makes {@code cwallet.sso} beside {@code ewallet.p12}, by which a database opens the wallet without its password.
     *
     * @param local whether only this user on this machine may open it
     */
    public void makeAutoLogin(Path directory, char[] password, boolean local) {
        call("make " + directory.resolve("cwallet.sso"), () -> {
            Object opened = wallet.getConstructor().newInstance();
            wallet.getMethod("open", String.class, char[].class).invoke(opened, directory.toString(), password);
            wallet.getMethod(local ? "saveLSSO" : "saveSSO").invoke(opened);
        });
    }

    /** A call into the library. */
    private interface Invocation {
        void run() throws ReflectiveOperationException;
    }

    private static void call(String what, Invocation invocation) {
        try {
            invocation.run();
        } catch (InvocationTargetException e) {
            throw HsmException.dataInvalid("Oracle's library did not " + what + ": " + e.getCause())
                    .causedBy(e);
        } catch (ReflectiveOperationException e) {
            throw HsmException.argumentInvalid("Oracle's library has not the calls that are known of it, so it did not "
                            + what + "; use another release of it, or Oracle's own orapki")
                    .causedBy(e);
        }
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        own.ifPresent(OracleLibrary::close);
    }
}
