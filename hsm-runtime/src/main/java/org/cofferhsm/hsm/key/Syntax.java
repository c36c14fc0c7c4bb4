package org.cofferhsm.hsm.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.error.HsmException;

/**
 * How the values of an attribute are written: as bytes for the store, where one value has one encoding, and as text for
 * people.
 */
abstract class Syntax<T> {

    static final Syntax<Boolean> BOOLEAN = new Syntax<>() {
        @Override
        byte[] encode(Boolean value) {
            return new byte[] {(byte) (value ? 1 : 0)};
        }

        @Override
        Boolean decode(byte[] bytes) {
            return bytes[0] != 0;
        }

        @Override
        Boolean read(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("write true or false");
            };
        }
    };

    static final Syntax<Long> NUMBER = new Syntax<>() {
        @Override
        byte[] encode(Long value) {
            return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        }

        @Override
        Long decode(byte[] bytes) {
            return ByteBuffer.wrap(bytes).getLong();
        }

        @Override
        Long read(String text) {
            long value = Long.decode(text);
            if (value < 0) {
                throw new IllegalArgumentException("write a number that is not negative");
            }
            return value;
        }
    };

    static final Syntax<String> TEXT = new Syntax<>() {
        @Override
        byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        String read(String text) {
            return text;
        }
    };

    static final Syntax<Octets> OCTETS = new Syntax<>() {
        @Override
        byte[] encode(Octets value) {
            return value.toByteArray();
        }

        @Override
        Octets decode(byte[] bytes) {
            return Octets.of(bytes);
        }

        @Override
        Octets read(String text) {
            return Octets.ofHex(text);
        }
    };

    static final Syntax<LocalDate> DATE = new Syntax<>() {
        @Override
        byte[] encode(LocalDate value) {
            return NUMBER.encode(value.toEpochDay());
        }

        @Override
        LocalDate decode(byte[] bytes) {
            return LocalDate.ofEpochDay(NUMBER.decode(bytes));
        }

        @Override
        LocalDate read(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("write a date as 2027-01-31", e);
            }
        }
    };

    static final Syntax<ObjectClass> CLASS = named(ObjectClass.class);
    static final Syntax<KeyType> KEY_TYPE = named(KeyType.class);
    static final Syntax<MechanismType> MECHANISM = named(MechanismType.class);
    static final Syntax<PqcParameterSet> PARAMETER_SET = named(PqcParameterSet.class);
    static final Syntax<Curve> CURVE = new ConstantSyntax<>(Curve.class) {
        @Override
        Curve read(String text) {
            return Curve.named(text);
        }
    };

    static final Syntax<Set<MechanismType>> MECHANISMS = setOf(
            MECHANISM, values -> values.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(values)));
    static final Syntax<Set<String>> NAMES = setOf(TEXT, values -> Collections.unmodifiableSet(new TreeSet<>(values)));

    static final Syntax<Attributes> TEMPLATE = new Syntax<>() {
        @Override
        byte[] encode(Attributes value) {
            return value.encode();
        }

        @Override
        Attributes decode(byte[] bytes) {
            return Attributes.decode(bytes);
        }

        @Override
        Attributes read(String text) {
            return Attributes.parse(Arrays.asList(text.split(",")));
        }

        @Override
        String format(Attributes value) {
            return String.join(",", value.format());
        }
    };

    abstract byte[] encode(T value);

    /** The value that {@code bytes} encode; they come from {@link #encode} and are authentic. */
    abstract T decode(byte[] bytes);

    /** Reads text; complains by {@link IllegalArgumentException} with what to write instead. */
    abstract T read(String text);

    String format(T value) {
        return value.toString();
    }

    /** The value as one that nobody can change any more. */
    T own(T value) {
        return value;
    }

    final T parse(String attribute, String text) {
        try {
            return read(text);
        } catch (IllegalArgumentException e) {
            throw HsmException.attributeValueInvalid(
                            "\"" + text + "\" is not a value for the attribute " + attribute + ": " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static <E extends Enum<E>> Syntax<E> named(Class<E> type) {
        return new ConstantSyntax<>(type);
    }

    private static <E> Syntax<Set<E>> setOf(Syntax<E> element, Function<Collection<E>, Set<E>> copy) {
        return new SetSyntax<>(element, copy);
    }

    /** A constant of an enum, stored by its name so that the order of declaration is free. */
    private static class ConstantSyntax<E extends Enum<E>> extends Syntax<E> {
        private final Class<E> type;

        ConstantSyntax(Class<E> type) {
            this.type = type;
        }

        @Override
        byte[] encode(E value) {
            return TEXT.encode(value.name());
        }

        @Override
        E decode(byte[] bytes) {
            return Enum.valueOf(type, TEXT.decode(bytes));
        }

        @Override
        E read(String text) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(value -> value.name().equalsIgnoreCase(text)
                            || value.toString().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("write one of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(Object::toString)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** A set, written in the order that {@code copy} gives it; as text, separated by plus signs. */
    private static final class SetSyntax<E> extends Syntax<Set<E>> {
        private final Syntax<E> element;
        private final Function<Collection<E>, Set<E>> copy;

        SetSyntax(Syntax<E> element, Function<Collection<E>, Set<E>> copy) {
            this.element = element;
            this.copy = copy;
        }

        @Override
        Set<E> own(Set<E> value) {
            return copy.apply(value);
        }

        @Override
        byte[] encode(Set<E> value) {
            ByteWriter out = new ByteWriter();
            copy.apply(value).forEach(member -> out.block(element.encode(member)));
            return out.toByteArray();
        }

        @Override
        Set<E> decode(byte[] bytes) {
            Set<E> members = new LinkedHashSet<>();
            ByteBuffer in = ByteBuffer.wrap(bytes);
            while (in.hasRemaining()) {
                members.add(element.decode(ByteWriter.readBlock(in)));
            }
            return copy.apply(members);
        }

        @Override
        Set<E> read(String text) {
            return copy.apply(
                    text.isEmpty()
                            ? Set.of()
                            : Arrays.stream(text.split("\\+"))
                                    .map(element::read)
                                    .collect(Collectors.toSet()));
        }

        @Override
        String format(Set<E> value) {
            return copy.apply(value).stream().map(element::format).collect(Collectors.joining("+"));
        }
    }
}
