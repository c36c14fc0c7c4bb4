package org.cofferhsm.tde.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system to install into, and a library to install. */
record ImageOfOracle(Path root, Path source) {

    static ImageOfOracle in(Path directory) throws IOException {
        Path root = Files.createDirectory(directory.resolve("image"));
        return new ImageOfOracle(root, copyOfTheJvmsLibrary(directory.resolve("libcoffer-pkcs11.so")));
    }

    /** A real library that is there wherever the tests run. */
    static Path copyOfTheJvmsLibrary(Path copy) throws IOException {
        return Files.copy(Path.of(System.getProperty("java.home"), "lib", "libzip.so"), copy);
    }

    OracleTree tree(Layout layout) {
        return new OracleTree(root, OracleTree.USUAL_BASE, layout);
    }

    InstalledModule module(Layout layout, String version) {
        return new InstalledModule(tree(layout), version);
    }

    Installation plan(Layout layout, String version) {
        return plan(layout, version, Optional.of(Path.of("/run/coffer/tde.sock")));
    }

    Installation plan(Layout layout, String version, Optional<Path> socket) {
        return Installation.of(new InstallRequest(module(layout, version), source, socket, Owner.of(root)));
    }

    Path install(Layout layout, String version) {
        plan(layout, version).make();
        return module(layout, version).library();
    }
}
