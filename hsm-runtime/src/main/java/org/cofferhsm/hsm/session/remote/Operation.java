package org.cofferhsm.hsm.session.remote;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.channel.Treatment;

/** The operations of the service {@code session}: the calls of {@code Session}, {@code Users} and {@code AuditTrail}. */
enum Operation {
    LOGIN(2, Take.CHANGE),
    RESUME(3, Take.USE),
    REFRESH(4, Take.USE),
    CLOSE(5, Take.PART),
    USER(6, Take.USE),

    GENERATE(16, Take.CHANGE),
    GENERATE_PAIR(17, Take.CHANGE),
    CREATE(18, Take.CHANGE),
    COPY(19, Take.CHANGE),
    DESTROY(20, Take.CHANGE),
    DESCRIBE(21, Take.USE),
    CHANGE(22, Take.CHANGE),
    FIND(23, Take.SEARCH),
    FIND_LABEL(24, Take.SEARCH),
    VALUE(25, Take.USE),
    SHARE(26, Take.CHANGE),
    UNSHARE(27, Take.CHANGE),

    ENCRYPT(32, Take.USE),
    DECRYPT(33, Take.USE),
    SIGN(34, Take.USE),
    VERIFY(35, Take.USE),
    WRAP(36, Take.USE),
    UNWRAP(37, Take.CHANGE),
    DERIVE(38, Take.CHANGE),
    ENCAPSULATE(39, Take.CHANGE),
    DECAPSULATE(40, Take.CHANGE),
    DIGEST(41, Take.USE),
    RANDOM(42, Take.USE),

    START_ENCRYPT(64, Take.USE),
    START_DECRYPT(65, Take.USE),
    START_SIGN(66, Take.USE),
    START_VERIFY(67, Take.USE),
    START_DIGEST(68, Take.USE),
    UPDATE(69, Take.PART),
    FINISH(70, Take.CHANGE),
    FINISH_VERIFY(71, Take.CHANGE),
    REST(72, Take.PART),
    CANCEL(73, Take.PART),

    LIST_USERS(80, Take.SEARCH),
    CREATE_USER(81, Take.CHANGE),
    DELETE_USER(82, Take.CHANGE),
    RESET_PIN(83, Take.CHANGE),
    CHANGE_OWN_PIN(84, Take.CHANGE),
    CHANGE_OWN_PIN_KEEPING_OLD(85, Take.CHANGE),
    END_OLD_PIN(86, Take.CHANGE),

    AUDIT_TRAIL(96, Take.USE),
    READ_AUDIT(97, Take.SEARCH),
    AUDIT_KEY(98, Take.USE),
    VERIFY_AUDIT(99, Take.CHECK),
    NOTE(100, Take.CHANGE);

    /** How long an operation may take, and whether it is asked for again when the service is lost before it answered. */
    private static final class Take {
        private static final Duration LONG = Duration.ofMinutes(1);
        private static final Duration VERY_LONG = Duration.ofMinutes(10);

        /** It may have been done, and the caller has to look. */
        private static final Treatment CHANGE = new Treatment(LONG, false);
        /** Doing it twice is no harm; where uses are counted, one is counted twice. */
        private static final Treatment USE = Treatment.REPEATABLE;
        /** The part of an operation that a restarted service no longer knows. */
        private static final Treatment PART = Treatment.ONCE;
        /** Reads much. */
        private static final Treatment SEARCH = new Treatment(LONG, true);
        /** Reads everything. */
        private static final Treatment CHECK = new Treatment(VERY_LONG, true);

        private Take() {}
    }

    private static final Map<Integer, Operation> BY_CODE = byCode();

    private final int code;
    private final Treatment treatment;

    Operation(int code, Treatment treatment) {
        this.code = code;
        this.treatment = treatment;
    }

    private static Map<Integer, Operation> byCode() {
        Map<Integer, Operation> byCode = new HashMap<>();
        for (Operation operation : values()) {
            byCode.put(operation.code, operation);
        }
        return Map.copyOf(byCode);
    }

    static Optional<Operation> ofCode(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The number that travels. */
    int code() {
        return code;
    }

    Treatment treatment() {
        return treatment;
    }

    /** The name of the call, for messages. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
