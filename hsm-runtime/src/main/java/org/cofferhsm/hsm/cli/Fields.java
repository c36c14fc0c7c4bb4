package org.cofferhsm.hsm.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a JSON object, in the order in which they are written. */
final class Fields {

    private final Map<String, Object> values = new LinkedHashMap<>();

    Fields with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    Map<String, Object> map() {
        return Collections.unmodifiableMap(values);
    }
}
