package org.cofferhsm.ekm.channel;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operations of the service {@code ekm} by their numbers in {@code docs/channel.md}. */
public enum Operation {
    OPEN_SESSION(2),
    CLOSE_SESSION(3),
    RESUME(7),
    REFRESH(11),
    CREATE_KEY(16),
    DROP_KEY(17),
    NEXT_KEY(18),
    KEY_BY_ID(19),
    KEY_BY_THUMBPRINT(20),
    KEY_BY_NAME(21),
    EXPORT_KEY(22),
    ENCRYPT(48),
    DECRYPT(49);

    private static final Map<Integer, Operation> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Operation::number, Function.identity()));

    private final int number;

    Operation(int number) {
        this.number = number;
    }

    static Optional<Operation> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /** The number. */
    public int number() {
        return number;
    }
}
