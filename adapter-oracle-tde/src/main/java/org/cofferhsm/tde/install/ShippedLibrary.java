package org.cofferhsm.tde.install;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;

/** The library that an installed Coffer brings for this machine: {@code native} beside the {@code lib} of its jars. */
public final class ShippedLibrary {

    private ShippedLibrary() {}

    /** Where it is, when Coffer was built with a C compiler. */
    public static Optional<Path> find() {
        return above(classes());
    }

    /** Looks in the directory and in all above it. */
    static Optional<Path> above(Path start) {
        return Stream.iterate(Optional.of(start), Optional::isPresent, path -> path.map(Path::getParent))
                .flatMap(Optional::stream)
                .map(directory ->
                        directory.resolve("native").resolve(platform()).resolve(InstalledModule.LIBRARY))
                .filter(Files::isReadable)
                .findFirst();
    }

    static String platform() {
        String machine = System.getProperty("os.arch");
        return "linux-" + (machine.equals("amd64") ? "x86_64" : machine);
    }

    private static Path classes() {
        CodeSource source = ShippedLibrary.class.getProtectionDomain().getCodeSource();
        try {
            URI place = source.getLocation().toURI();
            return Path.of(place);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of Coffer's own classes is no URI", e);
        }
    }
}
