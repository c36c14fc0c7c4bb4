package org.cofferhsm.tde.wallet;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Oracle's DATE in seven bytes: century and year, each plus 100, month, day, then hour, minute and second, each plus 1.
 * It has no time zone.
 */
final class OracleDate {

    static final int BYTES = 7;
    private static final int EXCESS = 100;

    private OracleDate() {}

    static Optional<LocalDateTime> decode(byte[] date) {
        if (date.length != BYTES) {
            return Optional.empty();
        }
        int year = (at(date, 0) - EXCESS) * 100 + at(date, 1) - EXCESS;
        try {
            return Optional.of(LocalDateTime.of(
                    year, at(date, 2), at(date, 3), at(date, 4) - 1, at(date, 5) - 1, at(date, 6) - 1));
        } catch (DateTimeException e) {
            return Optional.empty(); // not a date, whatever it is
        }
    }

    private static int at(byte[] bytes, int index) {
        return Byte.toUnsignedInt(bytes[index]);
    }
}
