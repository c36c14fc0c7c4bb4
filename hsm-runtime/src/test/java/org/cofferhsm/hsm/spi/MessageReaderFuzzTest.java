package org.cofferhsm.hsm.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Whatever is read from whatever message, a field is there or the message is malformed; nothing else is thrown. */
class MessageReaderFuzzTest {

    @FuzzTest
    void readsAnyFieldsOrComplains(FuzzedDataProvider data) {
        byte[] fields = data.consumeBytes(64);
        byte[] body = data.consumeRemainingAsBytes();
        MessageReader message = new MessageReader(ByteBuffer.wrap(body));
        try {
            for (byte field : fields) {
                message = read(message, Math.floorMod(field, 11), body.length);
            }
            message.end();
            assertThat(message.atEnd()).isTrue();
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    private static MessageReader read(MessageReader message, int field, int most) {
        switch (field) {
            case 0 -> assertThat(message.u8()).isBetween(0, 0xff);
            case 1 -> assertThat(message.u16()).isBetween(0, 0xffff);
            case 2 -> message.u32();
            case 3 -> message.u64();
            case 4 -> assertThat(message.count(1)).isBetween(0, most);
            case 5 -> assertThat(message.count(12)).isBetween(0, most / 12);
            case 6 -> assertThat(message.bytes().length).isLessThanOrEqualTo(most);
            case 7 -> assertThat(message.text().length()).isLessThanOrEqualTo(most);
            case 8 -> Arrays.fill(message.secretText(), '\0');
            case 9 -> message.exactly(16);
            default -> {
                return message.nested();
            }
        }
        return message;
    }
}
