package org.cofferhsm.tde.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedLibraryTest {
    @TempDir
    Path installed;

    @Test
    void isBesideTheDirectoryOfTheJars() throws IOException {
        Path jar = installed.resolve("lib").resolve("adapter-oracle-tde.jar");
        Path library =
                installed.resolve("native").resolve(ShippedLibrary.platform()).resolve("libcoffer-pkcs11.so");
        Files.createDirectories(library.getParent());
        Files.createFile(library);

        assertThat(ShippedLibrary.above(jar)).contains(library);
    }

    @Test
    void isMissingWhereNoneWasBuilt() {
        assertThat(ShippedLibrary.above(installed.resolve("lib"))).isEmpty();
    }
}
