package org.cofferhsm.tde.wallet;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Oracle's own wallet library in the releases that the build fetched, driven as its users' programs do. */
public enum OracleJars {
    NEW("new"),
    OLD("old");

    private final Path directory;

    OracleJars(String name) {
        this.directory = Path.of("target/oracle", name);
    }

    public List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private <T> T with(Work<T> work) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars()) {
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            return work.with(loader.loadClass("oracle.security.pki.OracleWallet"));
        }
    }

    /** Makes ewallet.p12 and cwallet.sso. */
    public void write(Path wallet, String password, Map<String, String> secrets) throws Exception {
        with(type -> {
            Object made = type.getConstructor().newInstance();
            type.getMethod("create", char[].class).invoke(made, (Object) password.toCharArray());
            Object store = type.getMethod("getSecretStore").invoke(made);
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                store.getClass()
                        .getMethod("setSecret", String.class, char[].class)
                        .invoke(store, secret.getKey(), secret.getValue().toCharArray());
            }
            type.getMethod("setSecretStore", store.getClass()).invoke(made, store);
            type.getMethod("saveAs", String.class).invoke(made, wallet.toString());
            type.getMethod("saveSSO").invoke(made);
            return wallet;
        });
    }

    /** What it finds in ewallet.p12. */
    public Map<String, String> read(Path wallet, String password) throws Exception {
        return with(type -> secrets(type, wallet, password.toCharArray()));
    }

    /** What it finds in cwallet.sso, by which it needs no password. */
    public Map<String, String> readAutoLogin(Path wallet) throws Exception {
        return with(type -> secrets(type, wallet, null));
    }

    private static Map<String, String> secrets(Class<?> type, Path wallet, char @Nullable [] password)
            throws Exception {
        Object opened = type.getConstructor().newInstance();
        type.getMethod("open", String.class, char[].class).invoke(opened, wallet.toString(), password);
        Object store = type.getMethod("getSecretStore").invoke(opened);
        Map<String, String> secrets = new TreeMap<>();
        Object names = store.getClass().getMethod("internalAliases").invoke(store);
        for (Object name : Collections.list((Enumeration<?>) names)) {
            Object value = store.getClass().getMethod("getSecret", String.class).invoke(store, name);
            secrets.put((String) name, new String((char[]) value));
        }
        return secrets;
    }

    private interface Work<T> {
        T with(Class<?> wallet) throws Exception;
    }
}
