package org.cofferhsm.hsm.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a JSON object, in the order in which they are written. */
public final class Fields {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** None yet. */
    public Fields() {}

    public Fields with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    public Map<String, Object> map() {
        return Collections.unmodifiableMap(values);
    }
}
