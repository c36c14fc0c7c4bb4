package org.cofferhsm.hsm.session.local;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.Octets;

/** Objects in memory, indexed by handle, label and id. Safe for use by several threads. */
final class Catalogue {

    private static final NavigableSet<KeyId> NONE = Collections.emptyNavigableSet();

    private final Map<KeyId, HeldObject> byHandle = new ConcurrentHashMap<>();
    private final Map<String, NavigableSet<KeyId>> byLabel = new ConcurrentHashMap<>();
    private final Map<Octets, NavigableSet<KeyId>> byId = new ConcurrentHashMap<>();

    Optional<HeldObject> find(KeyId handle) {
        return Optional.ofNullable(byHandle.get(handle));
    }

    Collection<HeldObject> all() {
        return byHandle.values();
    }

    /** Adds an object, or replaces the one with its handle. */
    void put(HeldObject object) {
        HeldObject before = byHandle.put(object.id(), object);
        if (before != null) {
            unindex(before, object);
        }
        label(object).ifPresent(label -> index(byLabel, label, object.id()));
        id(object).ifPresent(id -> index(byId, id, object.id()));
    }

    void remove(KeyId handle) {
        HeldObject before = byHandle.remove(handle);
        if (before != null) {
            label(before).ifPresent(label -> unindex(byLabel, label, handle));
            id(before).ifPresent(id -> unindex(byId, id, handle));
        }
    }

    /** The objects that may match: by the best index that the filter allows. */
    Stream<HeldObject> candidates(Attributes filter) {
        Optional<String> label = filter.find(Attribute.LABEL).filter(text -> !text.isEmpty());
        if (label.isPresent()) {
            return held(byLabel.getOrDefault(label.get(), NONE));
        }
        Optional<Octets> id = filter.find(Attribute.ID).filter(octets -> !octets.isEmpty());
        return id.isPresent() ? held(byId.getOrDefault(id.get(), NONE)) : byHandle.values().stream();
    }

    private Stream<HeldObject> held(Set<KeyId> handles) {
        return handles.stream().map(byHandle::get).filter(Objects::nonNull);
    }

    private void unindex(HeldObject before, HeldObject after) {
        if (!label(before).equals(label(after))) {
            label(before).ifPresent(label -> unindex(byLabel, label, before.id()));
        }
        if (!id(before).equals(id(after))) {
            id(before).ifPresent(id -> unindex(byId, id, before.id()));
        }
    }

    private static <K> void index(Map<K, NavigableSet<KeyId>> index, K key, KeyId handle) {
        index.compute(key, (same, handles) -> {
            NavigableSet<KeyId> set = handles == null ? new ConcurrentSkipListSet<>() : handles;
            set.add(handle);
            return set;
        });
    }

    private static <K> void unindex(Map<K, NavigableSet<KeyId>> index, K key, KeyId handle) {
        index.computeIfPresent(key, (same, handles) -> {
            handles.remove(handle);
            return handles.isEmpty() ? null : handles;
        });
    }

    /** An empty label or id is no name; objects without one are found by looking at all. */
    private static Optional<String> label(HeldObject object) {
        return object.attributes().find(Attribute.LABEL).filter(label -> !label.isEmpty());
    }

    private static Optional<Octets> id(HeldObject object) {
        return object.attributes().find(Attribute.ID).filter(id -> !id.isEmpty());
    }
}
