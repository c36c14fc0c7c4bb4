package org.cofferhsm.hsm.migration;

import java.util.List;
import org.cofferhsm.hsm.key.Octets;

/** What came of every object that was asked for. */
public record ImportReport(List<Item> items) {

    public ImportReport {
        items = List.copyOf(items);
    }

    /**
     * One object of the other token.
     *
     * @param objectClass its class, or {@code other} when Coffer has none such
     * @param keyType its key type; empty when it is no key, or of a type that Coffer does not have
     */
    public record Item(String objectClass, String keyType, String label, Octets id, Outcome outcome) {

        Item with(Outcome other) {
            return new Item(objectClass, keyType, label, id, other);
        }
    }

    /** Whether everything that can leave the other token is here. */
    public boolean complete() {
        return items.stream().noneMatch(item -> item.outcome() instanceof Outcome.Failed);
    }
}
