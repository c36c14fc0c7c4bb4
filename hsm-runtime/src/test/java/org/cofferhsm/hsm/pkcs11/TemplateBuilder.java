package org.cofferhsm.hsm.pkcs11;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Template;
import org.cofferhsm.hsm.spi.MessageWriter;

/** A template as a program writes it. */
public final class TemplateBuilder {

    private final Map<Integer, byte[]> values = new LinkedHashMap<>();

    public static TemplateBuilder template() {
        return new TemplateBuilder();
    }

    public TemplateBuilder with(int attribute, byte[] value) {
        values.put(attribute, value);
        return this;
    }

    public TemplateBuilder with(Attribute<?> attribute, byte[] value) {
        return with(attribute.code(), value);
    }

    public TemplateBuilder with(Attribute<Boolean> attribute, boolean value) {
        return with(attribute.code(), new byte[] {(byte) (value ? 1 : 0)});
    }

    public TemplateBuilder with(Attribute<?> attribute, long value) {
        return with(attribute.code(), number(value));
    }

    public TemplateBuilder with(Attribute<?> attribute, String value) {
        return with(attribute.code(), value.getBytes(StandardCharsets.UTF_8));
    }

    public TemplateBuilder of(ObjectClass objectClass) {
        return with(Attribute.CLASS, objectClass.code());
    }

    public TemplateBuilder of(KeyType type) {
        return with(Attribute.KEY_TYPE, type.code());
    }

    /** A token object under this label. */
    public TemplateBuilder token(String label) {
        return with(Attribute.TOKEN, true).with(Attribute.LABEL, label);
    }

    public static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    public MessageWriter write(MessageWriter out) {
        new Template(values).write(out);
        return out;
    }
}
