package org.cofferhsm.signtool;

import java.io.File;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.OutsideProgram;

/**
 * Signs and verifies JARs by the JDK's own jarsigner, a process of its own that reaches the module through the JCE
 * provider. Nobody else may own the module meanwhile.
 */
public final class JarSigning {

    private static final String TRUST_PASSWORD = "COFFER_TRUST_PASSWORD";

    private final OutsideProgram jarsigner;

    private JarSigning(OutsideProgram jarsigner) {
        this.jarsigner = jarsigner;
    }

    /**
     * With the jarsigner of the JDK that runs this program.
     *
     * @param environment names the module and the login: {@code COFFER_HOME}, {@code COFFER_PIN}
     */
    public static JarSigning with(Map<String, String> environment) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jarsigner");
        return Files.isExecutable(tool)
                ? new JarSigning(new OutsideProgram(tool(tool), environment))
                : withoutLauncher(environment);
    }

    static JarSigning withoutLauncher(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("java.home"));
        return new JarSigning(new OutsideProgram(module(home), environment));
    }

    private static List<String> tool(Path tool) {
        Stream<String> options = options().map(option -> "-J" + option);
        return Stream.concat(Stream.of(tool.toString()), options).toList();
    }

    /** A Java runtime without the launcher may still have the program. */
    private static List<String> module(Path home) {
        if (ModuleFinder.ofSystem().find("jdk.jartool").isEmpty()) {
            throw HsmException.argumentInvalid(
                    "the Java runtime in " + home + " has no jarsigner; run Coffer by a JDK to sign JARs");
        }
        String java = home.resolve("bin").resolve("java").toString();
        Stream<String> program = Stream.of("-m", "jdk.jartool/sun.security.tools.jarsigner.Main");
        return Stream.of(Stream.of(java), options(), program)
                .flatMap(Function.identity())
                .toList();
    }

    /** The JDK's tools start with few of its modules, and the module's store needs java.sql; the rest is for speed. */
    private static Stream<String> options() {
        return Stream.of("-cp", classPath(), "--add-modules=java.sql", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }

    /** Where this program's own classes are, the JCE provider among them. */
    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(name -> System.getProperty(name, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Signs a JAR by the key of that alias, beside the signatures that it may have; writes the result elsewhere. */
    public void sign(Path jar, Path signedJar, String alias) {
        String[] keyStore = "-storetype Coffer -keystore NONE -storepass:env COFFER_PIN -addprovider Coffer".split(" ");
        Stream<String> files = Stream.of("-signedjar", signedJar.toString(), jar.toString(), alias);
        jarsigner
                .run(Stream.concat(Stream.of(keyStore), files).toArray(String[]::new))
                .orComplain("jarsigner could not sign " + jar + " by the key \"" + alias + "\"");
    }

    /**
     * Verifies all signatures of a JAR, warnings counting as failures.
     *
     * @param trusted the certificates that signers' chains may end in
     */
    public void verify(Path jar, List<X509Certificate> trusted) {
        try (TrustedCertificates certificates = new TrustedCertificates(trusted)) {
            requireVerified(jar, runVerify(jar, certificates));
        }
    }

    private OutsideProgram.Finished runVerify(Path jar, TrustedCertificates trusted) {
        String[] keyStore = ("-storetype PKCS12 -storepass:env " + TRUST_PASSWORD).split(" ");
        Stream<String> files = Stream.of("-keystore", trusted.file().toString(), jar.toString());
        return jarsigner
                .with(Map.of(TRUST_PASSWORD, trusted.password()))
                .run(Stream.of(Stream.of("-verify", "-strict"), Stream.of(keyStore), files)
                        .flatMap(Function.identity())
                        .toArray(String[]::new));
    }

    private static void requireVerified(Path jar, OutsideProgram.Finished finished) {
        if (finished.status() != 0) {
            throw HsmException.dataInvalid("jarsigner does not accept " + jar + ": exit status " + finished.status()
                    + ", " + finished.messages().strip() + " " + finished.text().strip());
        }
        if (!finished.text().contains("jar verified")) {
            throw HsmException.dataInvalid(
                    jar + " is not signed: jarsigner says " + finished.text().strip());
        }
    }

    /** The program that signs and verifies, with its version. */
    public String name() {
        return "jarsigner " + Runtime.version();
    }
}
