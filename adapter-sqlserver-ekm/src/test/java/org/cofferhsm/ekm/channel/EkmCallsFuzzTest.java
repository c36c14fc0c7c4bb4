package org.cofferhsm.ekm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cofferhsm.ekm.channel.SoundRequests.Sound;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Any sequence of any requests of a program that has opened a session, against a real module. */
class EkmCallsFuzzTest {

    private static final int MAX_BODY = 300;

    @TempDir
    static Path homes;

    private static Hsm hsm;
    private static List<Sound> sound;

    @BeforeAll
    static void makeModule() throws IOException {
        hsm = TestModule.create(Files.createDirectory(homes.resolve("module")), SoundRequests.USER)
                .open();
        try (SqlServer server = SqlServer.of(hsm)) {
            sound = SoundRequests.of(server);
        }
    }

    @AfterAll
    static void closeModule() {
        hsm.close();
    }

    @FuzzTest
    void answersByAStatusOfTheDocument(FuzzedDataProvider input) {
        try (ClientCalls calls = new EkmService()
                .connect(hsm, new Client("mssql", Octets.of(SqlServer.NUMBER), 1, "fuzz"), line -> {})) {
            open(calls);
            while (input.remainingBytes() > 0) {
                Sound request = input.pickValue(sound);
                Hostile.send(calls, request.operation().number(), spliced(request.body(), input));
            }
        }
    }

    /** Some inputs before, a wrong secret may have been one too many. */
    private static void open(ClientCalls calls) {
        byte[] opening = sound.get(0).body();
        if (!Hostile.send(calls, Operation.OPEN_SESSION.number(), opening)) {
            SoundRequests.unlock(hsm);
            assertThat(Hostile.send(calls, Operation.OPEN_SESSION.number(), opening))
                    .isTrue();
        }
    }

    /** The beginning of a sound request, and then whatever the fuzzer likes. */
    private static byte[] spliced(byte[] body, FuzzedDataProvider input) {
        int kept = input.consumeInt(0, body.length);
        byte[] rest = input.consumeBytes(input.consumeInt(0, MAX_BODY));
        byte[] bytes = Arrays.copyOf(body, kept + rest.length);
        System.arraycopy(rest, 0, bytes, kept, rest.length);
        return bytes;
    }
}
