package org.cofferhsm.hsm.cli;

import java.util.List;
import org.cofferhsm.hsm.command.Suggestion;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;

/** Attributes as they are typed: {@code wrap=true unwrap=true}. */
final class AttributePairs {

    private AttributePairs() {}

    static Attributes parse(List<String> pairs) {
        pairs.forEach(AttributePairs::checkName);
        return Attributes.parse(pairs);
    }

    private static void checkName(String pair) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
            known(pair.substring(0, equals));
        }
    }

    /** The attribute of that name; complains by naming the nearest. */
    static Attribute<?> known(String name) {
        return Attribute.named(name)
                .orElseThrow(() -> HsmException.attributeTypeInvalid(
                        "no attribute is called \"" + name + "\"" + Suggestion.clause(name, names())));
    }

    private static List<String> names() {
        return Attribute.all().stream().<String>map(Attribute::name).toList();
    }
}
