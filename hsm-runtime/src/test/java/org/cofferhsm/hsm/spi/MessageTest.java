package org.cofferhsm.hsm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void isReadAsItWasWritten() {
        MessageWriter inner = new MessageWriter(1).u16(0xffff).text("ä");
        MessageWriter outer = new MessageWriter(1)
                .u8(0xfe)
                .u32(-1)
                .u64(Long.MIN_VALUE)
                .bytes(new byte[] {1, 2})
                .secretText("geheim ß".toCharArray())
                .nested(inner)
                .raw(new byte[] {9});
        outer.setU32(1, 77);

        MessageReader reader = new MessageReader(outer.written());
        assertThat(reader.u8()).isEqualTo(0xfe);
        assertThat(reader.u32()).isEqualTo(77);
        assertThat(reader.u64()).isEqualTo(Long.MIN_VALUE);
        assertThat(reader.bytes()).containsExactly(1, 2);
        assertThat(reader.secretText()).containsExactly("geheim ß".toCharArray());
        MessageReader nested = reader.nested();
        assertThat(nested.u16()).isEqualTo(0xffff);
        assertThat(nested.text()).isEqualTo("ä");
        nested.end();
        assertThat(reader.exactly(1)).containsExactly(9);
        reader.end();
    }

    @Test
    void wipesWhatWasWritten() {
        MessageWriter writer = new MessageWriter(16).raw(new byte[] {1, 2, 3});
        ByteBuffer before = writer.written();
        writer.clear();

        assertThat(before).isEqualTo(ByteBuffer.allocate(3));
        assertThat(writer.size()).isZero();
    }

    @Test
    void complainsWhereAFieldIsNotThere() {
        MessageReader short4 = new MessageReader(ByteBuffer.wrap(new byte[] {0, 0, 0, 9}));
        assertThatThrownBy(short4::bytes)
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("9 items");
        assertThatThrownBy(new MessageReader(ByteBuffer.allocate(3))::u32)
                .isInstanceOf(MalformedMessageException.class);
        MessageReader notUtf8 = new MessageReader(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, (byte) 0xff}));
        assertThatThrownBy(notUtf8::text).isInstanceOf(MalformedMessageException.class);
    }
}
