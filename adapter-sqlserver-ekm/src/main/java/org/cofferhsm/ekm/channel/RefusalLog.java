package org.cofferhsm.ekm.channel;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.cofferhsm.ekm.EkmException;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.hsm.spi.Client;

/** The service's log of refusals: SQL Server shows its user a number, and the line here says the cause. */
final class RefusalLog {

    /** Ends of lists, and searches for keys that a login does not have. */
    private static final Set<Operation> SEARCHES =
            EnumSet.of(Operation.NEXT_KEY, Operation.KEY_BY_ID, Operation.KEY_BY_NAME);

    private final Client client;
    private final Consumer<String> log;

    RefusalLog(Client client, Consumer<String> log) {
        this.client = client;
        this.log = log;
    }

    void refused(Operation operation, EkmException refusal) {
        if (refusal.status() != EkmStatus.NOT_FOUND || !SEARCHES.contains(operation)) {
            log.accept(oneLine(client + " " + operation + ": "
                    + refusal.status().code() + " " + refusal.status() + " (" + refusal.getMessage() + ")"));
        }
    }

    /** A program's name or a key's with line breaks must not look like lines of the log. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
