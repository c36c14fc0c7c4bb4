package org.cofferhsm.hsm.pkcs11.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * CK_ATTRIBUTEs as a program gave them: each CKA_* number once, with its bytes.
 *
 * @param values in the order given; not copied, so nobody changes an array in it
 */
public record Template(Map<Integer, byte[]> values) {

    private static final int SMALLEST_ENTRY = Integer.BYTES + Integer.BYTES;

    /** Complains by TEMPLATE_INCONSISTENT where a number comes twice. */
    public static Template read(MessageReader request) {
        int count = request.count(SMALLEST_ENTRY);
        Map<Integer, byte[]> values = new LinkedHashMap<>(count * 2);
        int twice = 0;
        for (int i = 0; i < count; i++) {
            int attribute = request.u32();
            if (values.put(attribute, request.bytes()) != null) {
                twice = attribute;
            }
        }
        return twice == 0 ? new Template(values) : refuse(twice);
    }

    private static Template refuse(int twice) {
        throw Ckr.TEMPLATE_INCONSISTENT.because("the attribute 0x%x is in the template twice".formatted(twice));
    }

    /** A template within another one's value; complains by ATTRIBUTE_VALUE_INVALID. */
    public static Template nested(byte[] value) {
        MessageReader fields = new MessageReader(java.nio.ByteBuffer.wrap(value));
        try {
            Template template = read(fields);
            fields.end();
            return template;
        } catch (MalformedMessageException e) {
            throw Ckr.ATTRIBUTE_VALUE_INVALID.because("a template within the template is malformed");
        }
    }

    /** The value of that attribute, if it is there. */
    public Optional<byte[]> find(int attribute) {
        byte @Nullable [] value = values.get(attribute);
        return Optional.ofNullable(value);
    }

    /** As {@link #read} reads it. */
    public void write(MessageWriter out) {
        out.u32(values.size());
        values.forEach((attribute, value) -> out.u32(attribute).bytes(value));
    }

    /** The numbers alone: values may be secret. */
    @Override
    public String toString() {
        return "Template" + values.keySet().stream().map(Integer::toHexString).toList();
    }
}
