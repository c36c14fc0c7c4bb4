package org.cofferhsm.hsm.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the service says of the programs of each user: so many lines in a period, and then how many more there were, so that
 * a program that errs in a loop does not fill the log.
 */
final class UserLogs {

    static final int MOST_LINES = 50;
    private static final int LONGEST = 1000;
    static final Duration PERIOD = Duration.ofSeconds(10);

    private final ServiceLog log;
    private final Map<String, Period> periods = new HashMap<>();

    UserLogs(ServiceLog log) {
        this.log = log;
    }

    /** The log for what is said of this user's programs. */
    ServiceLog of(String user) {
        return text -> {
            if (count(user)) {
                log.line(shortened(text));
            }
        };
    }

    /** What a program sent is in some lines, and may be as long as a message. */
    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "... (" + text.length() + " characters)";
    }

    private synchronized boolean count(String user) {
        Period period = periods.computeIfAbsent(user, name -> new Period());
        period.lines++;
        return period.lines <= MOST_LINES;
    }

    /** Says how many lines were left out, and begins anew with those whose period is over. */
    void endPeriods(Duration length) {
        ended(length).forEach(log::line);
    }

    private synchronized List<String> ended(Duration length) {
        List<String> lines = new ArrayList<>();
        long now = System.nanoTime();
        for (Iterator<Map.Entry<String, Period>> all = periods.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Period> one = all.next();
            Period period = one.getValue();
            if (now - period.start >= length.toNanos()) {
                all.remove();
                if (period.lines > MOST_LINES) {
                    lines.add((period.lines - MOST_LINES) + " more lines on programs of user " + one.getKey()
                            + " were left out");
                }
            }
        }
        return lines;
    }

    private static final class Period {

        private final long start = System.nanoTime();
        private int lines;
    }
}
