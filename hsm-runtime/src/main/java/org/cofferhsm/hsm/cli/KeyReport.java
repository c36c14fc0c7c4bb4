package org.cofferhsm.hsm.cli;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectInfo;

/** An object as CloudHSM's scripts expect it in JSON. */
record KeyReport(ObjectInfo object) {

    /** These are told under {@code key-info}, or are the module's own bookkeeping. */
    private static final Set<Attribute<?>> ELSEWHERE = Set.of(
            Attribute.OWNER,
            Attribute.SHARED_USERS,
            Attribute.MANAGE_QUORUM,
            Attribute.USE_QUORUM,
            Attribute.PAST_USAGES);

    /** Reference and label. */
    Map<String, Object> brief() {
        return new Fields()
                .with("key-reference", object.id().toString())
                .with("attributes", Map.of("label", object.label()))
                .map();
    }

    /** Everything. */
    Map<String, Object> full() {
        return new Fields()
                .with("key-reference", object.id().toString())
                .with("key-info", info())
                .with("attributes", attributes())
                .map();
    }

    private Map<String, Object> info() {
        Attributes attributes = object.attributes();
        return new Fields()
                .with(
                        "key-owners",
                        users(attributes.find(Attribute.OWNER).stream().toList()))
                .with(
                        "shared-users",
                        users(attributes.find(Attribute.SHARED_USERS).orElse(Set.of())))
                .with("key-quorum-values", quorum())
                .with("cluster-coverage", "full")
                .map();
    }

    private static List<Map<String, String>> users(Collection<String> names) {
        return names.stream()
                .map(name -> Map.of("username", name, "key-coverage", "full"))
                .toList();
    }

    private Map<String, Object> quorum() {
        return new Fields()
                .with("manage-key-quorum-value", orZero(Attribute.MANAGE_QUORUM))
                .with("use-key-quorum-value", orZero(Attribute.USE_QUORUM))
                .map();
    }

    private long orZero(Attribute<Long> attribute) {
        return object.attributes().find(attribute).orElse(0L);
    }

    private Map<String, Object> attributes() {
        Fields fields =
                new Fields().with("label", object.label()).with("id", "0x").with("trusted", false);
        object.attributes().present().stream()
                .filter(attribute -> !ELSEWHERE.contains(attribute))
                .forEach(attribute -> fields.with(attribute.name(), value(attribute)));
        return fields.map();
    }

    private <T> Object value(Attribute<T> attribute) {
        T value = object.attributes().get(attribute);
        if (value instanceof Boolean || value instanceof Long) {
            return value;
        }
        return value instanceof Set<?> members
                ? members.stream().map(Object::toString).toList()
                : attribute.format(value);
    }
}
