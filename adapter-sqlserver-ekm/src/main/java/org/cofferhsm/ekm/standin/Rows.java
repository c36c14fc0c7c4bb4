package org.cofferhsm.ekm.standin;

import java.util.List;

/** What a statement gives: rows under columns, or none. */
public record Rows(List<String> columns, List<List<String>> rows) {

    static final Rows NONE = new Rows(List.of(), List.of());

    public Rows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    static Rows value(String column, String value) {
        return new Rows(List.of(column), List.of(List.of(value)));
    }

    /** The first column of the first row. */
    public String value() {
        return rows.get(0).get(0);
    }
}
