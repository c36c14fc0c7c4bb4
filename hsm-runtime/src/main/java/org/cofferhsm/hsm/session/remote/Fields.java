package org.cofferhsm.hsm.session.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** How the small values travel. Constants go by their names, mechanisms by their CKM_* numbers. */
final class Fields {

    private Fields() {}

    /** The last field of a request, which is acted on only when nothing is left over. */
    static <T> T last(MessageReader in, T field) {
        in.end();
        return field;
    }

    static void key(MessageWriter out, KeyId key) {
        out.u64(key.value());
    }

    static KeyId key(MessageReader in) {
        long value = in.u64();
        if (value <= 0) {
            throw new MalformedMessageException("a key reference is a positive number");
        }
        return new KeyId(value);
    }

    static void octets(MessageWriter out, Octets octets) {
        out.bytes(octets.toByteArray());
    }

    static Octets octets(MessageReader in) {
        return Octets.of(in.bytes());
    }

    static boolean flag(MessageReader in) {
        int flag = in.u8();
        if (flag > 1) {
            throw new MalformedMessageException("a flag is 0 or 1, not " + flag);
        }
        return flag == 1;
    }

    static void flag(MessageWriter out, boolean flag) {
        out.u8(flag ? 1 : 0);
    }

    static <E extends Enum<E>> void constant(MessageWriter out, E constant) {
        out.text(constant.name());
    }

    static <E extends Enum<E>> E constant(MessageReader in, Class<E> type) {
        String name = in.text();
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            MalformedMessageException unknown =
                    new MalformedMessageException("no " + type.getSimpleName() + " is called \"" + name + "\"");
            unknown.initCause(e);
            throw unknown;
        }
    }

    static Hash hash(MessageReader in) {
        return constant(in, Hash.class);
    }

    static MechanismType mechanism(MessageReader in) {
        long code = in.u64();
        return MechanismType.ofCode(code)
                .orElseThrow(() -> new MalformedMessageException("no mechanism has the number " + code));
    }

    static void algorithm(MessageWriter out, Algorithm algorithm) {
        ParameterShape.write(out.u64(algorithm.type().code()), algorithm.parameters());
    }

    static Algorithm algorithm(MessageReader in) {
        return new Algorithm(mechanism(in), ParameterShape.read(in));
    }

    static <T> void optional(MessageWriter out, Optional<T> value, BiConsumer<MessageWriter, T> writer) {
        flag(out, value.isPresent());
        value.ifPresent(present -> writer.accept(out, present));
    }

    static <T> Optional<T> optional(MessageReader in, Function<MessageReader, T> reader) {
        return flag(in) ? Optional.of(reader.apply(in)) : Optional.empty();
    }

    static <T> void list(MessageWriter out, List<T> items, BiConsumer<MessageWriter, T> writer) {
        out.u32(items.size());
        items.forEach(item -> writer.accept(out, item));
    }

    static <T> List<T> list(MessageReader in, Function<MessageReader, T> reader) {
        int count = in.count(1);
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(reader.apply(in));
        }
        return items;
    }
}
