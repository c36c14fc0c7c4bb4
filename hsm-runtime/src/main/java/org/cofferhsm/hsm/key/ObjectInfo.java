package org.cofferhsm.hsm.key;

/** An object as a user sees it: its handle and its attributes, never its secret. */
public record ObjectInfo(KeyId id, Attributes attributes) {

    /** The label, or an empty string. */
    public String label() {
        return attributes.find(Attribute.LABEL).orElse("");
    }
}
