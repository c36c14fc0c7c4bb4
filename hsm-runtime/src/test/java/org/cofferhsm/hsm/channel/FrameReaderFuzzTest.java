package org.cofferhsm.hsm.channel;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Optional;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;

/** Whatever arrives is a frame or a {@link BrokenFrameException}, and its body a greeting or malformed. */
class FrameReaderFuzzTest {

    @FuzzTest
    void readsFramesOrComplains(FuzzedDataProvider data) throws IOException {
        FrameReader reader = new FrameReader(
                Channels.newChannel(new ByteArrayInputStream(data.consumeRemainingAsBytes())),
                new Stall(),
                FrameRoom.UNLIMITED);
        try {
            for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                greet(frame.get());
            }
        } catch (BrokenFrameException e) {
            reader.forget();
        }
    }

    private static void greet(Frame frame) {
        MessageReader body = new MessageReader(frame.body());
        try {
            if (Greeting.version(body) == Greeting.VERSION) {
                Greeting.read(body);
            }
        } catch (MalformedMessageException e) {
            frame.body().position(frame.body().limit());
        }
    }
}
