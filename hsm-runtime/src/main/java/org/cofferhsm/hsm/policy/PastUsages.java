package org.cofferhsm.hsm.policy;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Usage;

/** What a key can or once could do, and whether it was copied; this memory only grows. */
final class PastUsages {

    private static final String COPIED = "COPIED";

    private PastUsages() {}

    static Set<Usage> of(Attributes key) {
        Set<Usage> usages = EnumSet.noneOf(Usage.class);
        memory(key).stream().filter(name -> !name.equals(COPIED)).forEach(name -> usages.add(Usage.valueOf(name)));
        for (Usage usage : Usage.values()) {
            if (key.is(usage.attribute())) {
                usages.add(usage);
            }
        }
        return usages;
    }

    static boolean wasCopied(Attributes key) {
        return memory(key).contains(COPIED);
    }

    /** The same key with its present uses remembered. */
    static Attributes remembering(Attributes key) {
        Set<String> names = new HashSet<>(memory(key));
        of(key).forEach(usage -> names.add(usage.name()));
        return key.with(Attribute.PAST_USAGES, names);
    }

    /** The same key, remembering that its value is in another object too. */
    static Attributes copied(Attributes key) {
        Set<String> names = new HashSet<>(memory(key));
        names.add(COPIED);
        return key.with(Attribute.PAST_USAGES, names);
    }

    private static Set<String> memory(Attributes key) {
        return key.find(Attribute.PAST_USAGES).orElse(Set.of());
    }
}
