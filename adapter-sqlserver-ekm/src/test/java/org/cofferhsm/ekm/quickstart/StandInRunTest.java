package org.cofferhsm.ekm.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmProvider;
import org.cofferhsm.ekm.standin.SqlError;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no C compiler. */
class StandInRunTest {
    private TestModule module;

    @BeforeEach
    void createKeys(@TempDir Path home) {
        module = TestModule.create(home, "ekm");
        module.as("ekm", session -> {
            EkmProvider provider = new EkmProvider(session);
            provider.create("tde", EkmAlgorithm.RSA_2048);
            return provider.create("cells", EkmAlgorithm.AES_256);
        });
    }

    private StandInRun inJava(Map<String, String> environment) {
        return new StandInRun(environment, Optional.empty());
    }

    @Test
    void runsInJavaWhereTheLibraryIsNotBuiltAndSaysSo() {
        assertThat(inJava(module.environment("ekm")).run("tde", "cells"))
                .isEqualTo("in Java, since the native library is not built here");
    }

    @Test
    void complainsThereTooWhenAKeyIsMissing() {
        assertThatExceptionOfType(SqlError.class)
                .isThrownBy(() -> inJava(module.environment("ekm")).run("no-such-key", "cells"))
                .withMessageStartingWith("Msg 33049");
    }
}
