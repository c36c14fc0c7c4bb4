package org.cofferhsm.hsm.pkcs11.terms;

import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Template;
import org.cofferhsm.hsm.spi.MessageWriter;

/** A template within a template: CKA_UNWRAP_TEMPLATE (PKCS#11 v3.1 §4.10.2). */
final class TemplateForm implements Form<Attributes> {

    static final TemplateForm FORM = new TemplateForm();

    private TemplateForm() {}

    @Override
    public Attributes read(byte[] value) {
        Attributes attributes = Attributes.NONE;
        if (value.length == 0) {
            return attributes;
        }
        for (var entry : Template.nested(value).values().entrySet()) {
            attributes = field(entry.getKey()).read(entry.getValue(), attributes);
        }
        return attributes;
    }

    /** A template in a template in a template has no meaning, and would let a program nest without end. */
    private static Field<?> field(int number) {
        return Fields.find(number)
                .filter(field -> !field.attribute().equals(Attribute.UNWRAP_TEMPLATE))
                .orElseThrow(() -> Ckr.ATTRIBUTE_TYPE_INVALID.because(
                        "the attribute 0x%x cannot be in a template of a key".formatted(number)));
    }

    @Override
    public byte[] write(Attributes value) {
        MessageWriter out = new MessageWriter(128);
        out.u32(value.present().size());
        value.present().forEach(attribute -> write(attribute.code(), value, out));
        byte[] bytes = new byte[out.size()];
        out.written().get(bytes);
        return bytes;
    }

    private static void write(int number, Attributes value, MessageWriter out) {
        out.u32(number)
                .bytes(Fields.find(number).flatMap(field -> field.write(value)).orElse(new byte[0]));
    }
}
