package org.cofferhsm.hsm.key;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an object, or of a template: an immutable map from {@link Attribute} to a value of its type.
 *
 * <p>Kept as one array indexed by attribute, since a module holds a hundred thousand of these in memory.
 */
public final class Attributes {

    /** No attributes. */
    public static final Attributes NONE = new Attributes(new Object[0]);

    private final @Nullable Object[] values;

    private Attributes(@Nullable Object[] values) {
        this.values = values;
    }

    /** One attribute. */
    public static <T> Attributes of(Attribute<T> attribute, T value) {
        return NONE.with(attribute, value);
    }

    /** The value, when there is one. */
    public <T> Optional<T> find(Attribute<T> attribute) {
        return Optional.ofNullable(value(attribute));
    }

    /** The value, which has to be there. */
    public <T> T get(Attribute<T> attribute) {
        return find(attribute)
                .orElseThrow(() -> HsmException.templateIncomplete("the attribute " + attribute + " is missing"));
    }

    /** Whether a boolean attribute is there and true. */
    public boolean is(Attribute<Boolean> attribute) {
        return Boolean.TRUE.equals(value(attribute));
    }

    public boolean has(Attribute<?> attribute) {
        return value(attribute) != null;
    }

    /** Whether this attribute has a value, and no other one. */
    public boolean hasOnly(Attribute<?> attribute) {
        return present().equals(List.of(attribute));
    }

    /** The attributes that have a value, in the order of their numbers. */
    public List<Attribute<?>> present() {
        List<Attribute<?>> present = new ArrayList<>();
        for (Attribute<?> attribute : Attribute.all()) {
            if (has(attribute)) {
                present.add(attribute);
            }
        }
        return present;
    }

    /** The same with one value set. */
    public <T> Attributes with(Attribute<T> attribute, T value) {
        Objects.requireNonNull(value);
        @Nullable Object[] copy = Arrays.copyOf(values, Math.max(values.length, attribute.index() + 1));
        copy[attribute.index()] = attribute.syntax().own(value);
        return new Attributes(copy);
    }

    /** The same with one value set unless there is one. */
    public <T> Attributes withDefault(Attribute<T> attribute, T value) {
        return has(attribute) ? this : with(attribute, value);
    }

    /** The same with all of {@code others} set. */
    public Attributes withAll(Attributes others) {
        @Nullable Object[] copy = Arrays.copyOf(values, Math.max(values.length, others.values.length));
        for (int i = 0; i < others.values.length; i++) {
            if (others.values[i] != null) {
                copy[i] = others.values[i];
            }
        }
        return new Attributes(copy);
    }

    /** The same without one attribute. */
    public Attributes without(Attribute<?> attribute) {
        if (!has(attribute)) {
            return this;
        }
        @Nullable Object[] copy = values.clone();
        copy[attribute.index()] = null;
        return new Attributes(copy);
    }

    /** Whether each attribute of {@code template} has the same value here. */
    public boolean match(Attributes template) {
        return template.present().stream()
                .allMatch(attribute -> Objects.equals(value(attribute), template.value(attribute)));
    }

    /** The attributes of {@code other} that are absent here or have another value here. */
    public List<Attribute<?>> differences(Attributes other) {
        return other.present().stream()
                .filter(attribute -> !Objects.equals(value(attribute), other.value(attribute)))
                .toList();
    }

    /** The one encoding of these attributes: number, length and value of each, in the order of their numbers. */
    public byte[] encode() {
        ByteWriter out = new ByteWriter();
        present().forEach(attribute -> encode(attribute, out));
        return out.toByteArray();
    }

    private <T> void encode(Attribute<T> attribute, ByteWriter out) {
        out.number(attribute.code()).block(attribute.syntax().encode(get(attribute)));
    }

    /** Reads what {@link #encode} wrote. */
    public static Attributes decode(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        @Nullable Object[] values = new Object[Attribute.all().size()];
        while (in.hasRemaining()) {
            Attribute<?> attribute = readAttribute(in);
            values[attribute.index()] = attribute.syntax().decode(ByteWriter.readBlock(in));
        }
        return new Attributes(values);
    }

    private static Attribute<?> readAttribute(ByteBuffer in) {
        if (in.remaining() < Integer.BYTES) {
            throw HsmException.dataInvalid("the encoded attributes end in the middle of a number");
        }
        int code = in.getInt();
        return Attribute.ofCode(code)
                .orElseThrow(() -> HsmException.storeVersionUnsupported(
                        "the attribute 0x%08x is unknown; a newer version of Coffer wrote it".formatted(code)));
    }

    /** Reads {@code name=value} pairs as the command line writes them. */
    public static Attributes parse(Collection<String> pairs) {
        Attributes result = NONE;
        for (String pair : pairs) {
            result = result.withParsed(pair);
        }
        return result;
    }

    private Attributes withParsed(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw HsmException.argumentInvalid("\"" + pair + "\" is not an attribute; write name=value");
        }
        String name = pair.substring(0, equals);
        Attribute<?> attribute = Attribute.named(name)
                .orElseThrow(() -> HsmException.attributeTypeInvalid("no attribute is called \"" + name + "\""));
        return withParsed(attribute, pair.substring(equals + 1));
    }

    private <T> Attributes withParsed(Attribute<T> attribute, String text) {
        return with(attribute, attribute.parse(text));
    }

    /** {@code name=value} for each attribute. */
    public List<String> format() {
        List<String> pairs = new ArrayList<>();
        present().forEach(attribute -> pairs.add(attribute.name() + "=" + format(attribute)));
        return pairs;
    }

    private <T> String format(Attribute<T> attribute) {
        return attribute.format(get(attribute));
    }

    @SuppressWarnings("unchecked") // with() stores only values of the attribute's own type
    private <T> @Nullable T value(Attribute<T> attribute) {
        return attribute.index() < values.length ? (T) values[attribute.index()] : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes attributes && match(attributes) && attributes.match(this);
    }

    @Override
    public int hashCode() {
        return present().hashCode();
    }

    @Override
    public String toString() {
        return format().toString();
    }
}
