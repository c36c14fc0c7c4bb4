package org.cofferhsm.hsm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectInfo;

/** Objects as people read them. */
final class KeyTable {

    private static final List<String> HEADINGS = List.of("KEY REFERENCE", "CLASS", "TYPE", "LABEL", "OWNER");

    private KeyTable() {}

    /** One line for each object. */
    static List<String> brief(List<ObjectInfo> objects, OptionalInt width) {
        return Table.of(HEADINGS, objects.stream().map(KeyTable::row).toList()).lines(width);
    }

    /** Every attribute of every object. */
    static List<String> full(List<ObjectInfo> objects, OptionalInt width) {
        List<String> lines = new ArrayList<>();
        for (ObjectInfo object : objects) {
            lines.add(object.id().toString());
            lines.addAll(Table.indented(pairs(object.attributes())).lines(width));
        }
        return lines;
    }

    private static List<String> row(ObjectInfo object) {
        Attributes attributes = object.attributes();
        return List.of(
                object.id().toString(),
                attributes.find(Attribute.CLASS).map(Object::toString).orElse(""),
                type(attributes),
                object.label(),
                attributes.find(Attribute.OWNER).orElse(""));
    }

    /** The key type with its size, curve or parameter set. */
    private static String type(Attributes attributes) {
        String detail = attributes
                .find(Attribute.MODULUS_BITS)
                .map(Object::toString)
                .or(() -> attributes.find(Attribute.VALUE_LENGTH).map(bytes -> String.valueOf(bytes * 8)))
                .or(() -> attributes.find(Attribute.CURVE).map(Object::toString))
                .or(() -> attributes.find(Attribute.PARAMETER_SET).map(Object::toString))
                .orElse("");
        return attributes
                .find(Attribute.KEY_TYPE)
                .map(type -> (type + " " + detail).strip())
                .orElse("");
    }

    private static List<List<String>> pairs(Attributes attributes) {
        return attributes.format().stream()
                .map(pair -> List.of(pair.split("=", 2)))
                .toList();
    }
}
