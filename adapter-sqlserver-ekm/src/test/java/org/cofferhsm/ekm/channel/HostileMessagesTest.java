package org.cofferhsm.ekm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cofferhsm.ekm.channel.SoundRequests.Sound;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sound requests of every operation, cut, prolonged and with bytes and lengths altered. */
class HostileMessagesTest {

    private static final int ROUNDS = 300;

    @Test
    void answersEveryDistortionByAStatusOfTheDocument(@TempDir Path home) {
        try (Hsm hsm = TestModule.create(home, SoundRequests.USER).open();
                SqlServer server = SqlServer.of(hsm);
                ClientCalls calls = new EkmService()
                        .connect(hsm, new Client("mssql", Octets.of(SqlServer.NUMBER), 1, "hostile"), line -> {})) {
            List<Sound> requests = SoundRequests.of(server);
            Sound opening = requests.get(0);
            Random random = new Random(20_261_122);
            int done = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Hostile.send(calls, opening.operation().number(), opening.body());
                for (Sound request : requests) {
                    done += Hostile.send(calls, request.operation().number(), distorted(request.body(), random))
                            ? 1
                            : 0;
                }
                SoundRequests.unlock(hsm);
            }
            assertThat(done).as("requests that were sound enough to be done").isGreaterThan(ROUNDS);
            assertThat(requests.stream().map(Sound::operation).distinct()).hasSize(Operation.values().length);
        }
    }

    private static byte[] distorted(byte[] body, Random random) {
        byte[] bytes = body.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
            default -> {
                for (int i = 0; i <= random.nextInt(3); i++) {
                    bytes[random.nextInt(bytes.length)] = interesting(random);
                }
            }
        }
        return bytes;
    }

    private static byte interesting(Random random) {
        byte[] edges = {0, 1, 2, 4, 0x7f, (byte) 0x80, (byte) 0xff, (byte) random.nextInt()};
        return edges[random.nextInt(edges.length)];
    }
}
