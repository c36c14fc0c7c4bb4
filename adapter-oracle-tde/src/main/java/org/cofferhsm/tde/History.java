package org.cofferhsm.tde;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.error.HsmException;

/** What has happened in one keystore, and which master key is therefore current in which container. Never changes. */
final class History {

    private final long number;
    private final Map<MasterKeyId, MasterKey> keys = new LinkedHashMap<>();
    private final Map<String, MasterKeyId> current = new HashMap<>();
    private final Map<MasterKeyId, Set<String>> users = new HashMap<>();
    private final Map<String, Container> containers = new LinkedHashMap<>();

    /** The outcome of these events, which stand in their order. */
    History(List<KeyEvent> events) {
        this.number = events.isEmpty() ? 0 : events.get(events.size() - 1).number();
        events.forEach(this::take);
    }

    private void take(KeyEvent event) {
        Container container = event.moment().container();
        containers.put(container.name(), container);
        MasterKey before = keys.getOrDefault(event.key(), MasterKey.unused(event.key()));
        if (event.kind() == KeyEvent.Kind.ACTIVATED) {
            users.computeIfAbsent(event.key(), key -> new LinkedHashSet<>()).add(container.name());
            Optional.ofNullable(current.put(container.name(), event.key()))
                    .filter(previous -> !previous.equals(event.key()))
                    .ifPresent(previous -> keys.computeIfPresent(previous, (id, key) -> key.retired()));
            keys.remove(event.key()); // to stand last: the order is that of activation
        }
        keys.put(event.key(), before.after(event));
    }

    /** The number of the last event. */
    long number() {
        return number;
    }

    /** All keys of which anything is known, those in use in the order of their latest activations. */
    List<MasterKey> keys() {
        return List.copyOf(keys.values());
    }

    /** Those that were made or used in this container. */
    List<MasterKey> keys(Container container) {
        return keys.values().stream().filter(key -> isOf(key, container)).toList();
    }

    private boolean isOf(MasterKey key, Container container) {
        return isUsedBy(key.id(), container)
                || key.creation()
                        .filter(made -> made.container().isSameAs(container))
                        .isPresent();
    }

    Optional<MasterKeyId> current(Container container) {
        return Optional.ofNullable(current.get(container.name()));
    }

    /** The containers in which this key has ever been current. */
    Set<String> users(MasterKeyId key) {
        return users.getOrDefault(key, Set.of());
    }

    boolean isUsedBy(MasterKeyId key, Container container) {
        return users(key).contains(container.name());
    }

    /** Where the key may be used: where it was used before, else where it was made, else anywhere. */
    Set<String> homes(MasterKeyId key) {
        Set<String> used = users(key);
        if (!used.isEmpty()) {
            return used;
        }
        return Optional.ofNullable(keys.get(key)).flatMap(MasterKey::creation).stream()
                .map(made -> made.container().name())
                .collect(Collectors.toSet());
    }

    List<Container> containers() {
        return List.copyOf(containers.values());
    }

    /** The isolated pluggable database to which the whole keystore belongs, if it does. */
    Optional<Container> isolated() {
        return containers.values().stream()
                .filter(each -> each.mode() == Container.Mode.ISOLATED)
                .findFirst();
    }

    /**
     * The container as this keystore knows it. An isolated pluggable database shares its keystore with nobody: complains
     * when this one is another's.
     */
    Container settled(Container container) {
        boolean taken = isolated().filter(owner -> !owner.isSameAs(container)).isPresent();
        boolean joins =
                container.mode() == Container.Mode.ISOLATED && isolated().isEmpty() && !containers.isEmpty();
        if (taken || joins) {
            throw HsmException.argumentInvalid("this keystore holds the keys of " + containers.keySet()
                    + "; an isolated pluggable database needs a crypto user of its own");
        }
        return containers.getOrDefault(container.name(), container);
    }
}
