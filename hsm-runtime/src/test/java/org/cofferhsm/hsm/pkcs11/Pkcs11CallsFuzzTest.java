package org.cofferhsm.hsm.pkcs11;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Any sequence of any requests of a program that has logged in, against a real module. */
class Pkcs11CallsFuzzTest {

    private static final int MAX_BODY = 300;

    @TempDir
    static Path homes;

    private static ModuleFixture module;

    @BeforeAll
    static void makeModule() throws IOException {
        module = ModuleFixture.in(Files.createDirectory(homes.resolve("module")));
    }

    @AfterAll
    static void closeModule() {
        module.close();
    }

    @FuzzTest
    void answersByAValueOfCryptoki(FuzzedDataProvider input) {
        try (ClientCalls calls = new Pkcs11Service()
                .connect(module.hsm(), new Client("user", Octets.of(Program.NUMBER), 1, "fuzz"), line -> {})) {
            Hostile.send(calls, 2, ByteBuffer.allocate(12).putLong(1).putInt(6).array());
            Hostile.send(calls, 5, login());
            while (input.remainingBytes() > 0) {
                Hostile.send(calls, input.consumeInt(0, 100), input.consumeBytes(input.consumeInt(0, MAX_BODY)));
            }
        }
    }

    private static byte[] login() {
        byte[] pin = "alice:alice-pin-1".getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(16 + pin.length)
                .putLong(1)
                .putInt(1)
                .putInt(pin.length)
                .put(pin)
                .array();
    }
}
