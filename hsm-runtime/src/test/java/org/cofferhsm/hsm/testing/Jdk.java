package org.cofferhsm.hsm.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK whose tools are tested.
 *
 * @param feature 17, 25
 */
public record Jdk(int feature, Path home) {

    private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

    /**
     * The JDK that runs the tests, and the supported ones besides: {@code -Dtest.jdk17} and {@code -Dtest.jdk25} name
     * them, or they are looked for in the usual place.
     */
    public static Stream<Jdk> all() {
        List<Jdk> found = new ArrayList<>();
        found.add(new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home"))));
        for (int feature : new int[] {17, 25}) {
            if (found.stream().noneMatch(jdk -> jdk.feature == feature)) {
                find(feature).ifPresent(found::add);
            }
        }
        return found.stream();
    }

    private static Optional<Jdk> find(int feature) {
        String named = System.getProperty("test.jdk" + feature);
        List<Path> candidates = named == null ? installed() : List.of(Path.of(named));
        return candidates.stream()
                .filter(home -> featureOf(home) == feature)
                .filter(home -> Files.isExecutable(home.resolve("bin/keytool")))
                .findFirst()
                .map(home -> new Jdk(feature, home));
    }

    private static List<Path> installed() {
        List<Path> homes = new ArrayList<>();
        if (Files.isDirectory(USUAL_PLACE)) {
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(USUAL_PLACE)) {
                directories.forEach(homes::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return homes;
    }

    private static int featureOf(Path home) {
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            return 0; // not a JDK
        }
        String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }

    /** keytool, jarsigner and their like. */
    public Path tool(String name) {
        return home.resolve("bin").resolve(name);
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
