package org.cofferhsm.hsm.store;

import java.util.Arrays;
import java.util.Optional;

/** What a stored record is. The code is part of what is authenticated and never changes its meaning. */
public enum RecordKind {
    OBJECT(1),
    USER(2),
    MODULE(3);

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static Optional<RecordKind> ofCode(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
}
