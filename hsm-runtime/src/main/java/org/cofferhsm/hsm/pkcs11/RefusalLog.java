package org.cofferhsm.hsm.pkcs11;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.Client;

/** The service's log of refusals: a program shows its user a number, and the line here says the cause. */
final class RefusalLog {

    /** What programs meet in their daily work, such as a lost race or a feature that they try out. */
    private static final Set<Ckr> EVERYDAY = EnumSet.of(
            Ckr.OK,
            Ckr.ATTRIBUTE_SENSITIVE,
            Ckr.ATTRIBUTE_TYPE_INVALID,
            Ckr.OPERATION_NOT_INITIALIZED,
            Ckr.SESSION_HANDLE_INVALID,
            Ckr.SIGNATURE_INVALID,
            Ckr.SIGNATURE_LEN_RANGE,
            Ckr.USER_ALREADY_LOGGED_IN,
            Ckr.USER_NOT_LOGGED_IN);

    private final Client client;
    private final Consumer<String> log;

    RefusalLog(Client client, Consumer<String> log) {
        this.client = client;
        this.log = log;
    }

    void refused(Operation operation, Ckr value, String why) {
        if (!EVERYDAY.contains(value)) {
            log.accept(oneLine(client + " " + operation + ": CKR_" + value + " (" + why + ")"));
        }
    }

    /** A program's name or a label with line breaks must not look like lines of the log. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
