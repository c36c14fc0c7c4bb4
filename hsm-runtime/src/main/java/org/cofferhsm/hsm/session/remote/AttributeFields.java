package org.cofferhsm.hsm.session.remote;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** How attributes travel, and what is made of them: in the one encoding that {@link Attributes} has. */
final class AttributeFields {

    /** Templates within templates within templates: PKCS#11 nests them once. */
    private static final int DEEPEST = 4;

    private static final int ENTRY_HEADER = 2 * Integer.BYTES;

    private AttributeFields() {}

    static void attributes(MessageWriter out, Attributes attributes) {
        out.bytes(attributes.encode());
    }

    static Attributes attributes(MessageReader in) {
        byte[] encoded = in.bytes();
        requireShallow(ByteBuffer.wrap(encoded), DEEPEST);
        try {
            return Attributes.decode(encoded);
        } catch (HsmException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw malformed(e);
        } catch (BufferUnderflowException | DateTimeException e) {
            throw malformed(e);
        }
    }

    /** The decoder goes down with each template that holds another, which a liar could nest until the stack is full. */
    private static void requireShallow(ByteBuffer encoded, int levels) {
        if (levels == 0) {
            throw new MalformedMessageException("the templates are nested more than " + DEEPEST + " deep");
        }
        while (encoded.remaining() >= ENTRY_HEADER) {
            int code = encoded.getInt();
            int length = encoded.getInt();
            if (length < 0 || length > encoded.remaining()) {
                throw new MalformedMessageException("an attribute reaches beyond the end");
            }
            if (code == Attribute.UNWRAP_TEMPLATE.code()) {
                requireShallow(encoded.slice(encoded.position(), length), levels - 1);
            }
            encoded.position(encoded.position() + length);
        }
    }

    private static MalformedMessageException malformed(RuntimeException cause) {
        MalformedMessageException malformed = new MalformedMessageException("the attributes cannot be read");
        malformed.initCause(cause);
        return malformed;
    }

    static void template(MessageWriter out, KeyTemplate template) {
        attributes(out, template.attributes());
    }

    static KeyTemplate template(MessageReader in) {
        return new KeyTemplate(attributes(in));
    }

    static void pairTemplate(MessageWriter out, KeyPairTemplate template) {
        attributes(out, template.publicKey());
        attributes(out, template.privateKey());
    }

    static KeyPairTemplate pairTemplate(MessageReader in) {
        return new KeyPairTemplate(attributes(in), attributes(in));
    }

    static void object(MessageWriter out, ObjectInfo object) {
        Fields.key(out, object.id());
        attributes(out, object.attributes());
    }

    static ObjectInfo object(MessageReader in) {
        return new ObjectInfo(Fields.key(in), attributes(in));
    }
}
