package org.cofferhsm.hsm.cli;

import java.util.Arrays;
import java.util.function.Consumer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.Printable;
import org.cofferhsm.hsm.command.SecretSource;
import org.cofferhsm.hsm.command.UsageException;

/** A PIN to be set: from {@code --new-pin-file}, from {@code COFFER_NEW_PIN}, or asked for twice. */
final class NewPin {

    private static final String VARIABLE = "COFFER_NEW_PIN";

    private NewPin() {}

    static void declare(OptionSet options) {
        options.value("new-pin-file", "FILE", "a file with the new PIN; else COFFER_NEW_PIN, else a prompt");
    }

    /** Lends the PIN and wipes it. */
    static void use(Invocation invocation, String user, Consumer<char[]> work) {
        char[] pin = SecretSource.file(invocation, "new-pin-file")
                .or(() -> SecretSource.environment(invocation, VARIABLE))
                .or(() -> SecretSource.askTwice(invocation, "PIN of " + Printable.of(user)))
                .orElseThrow(() -> new UsageException("no new PIN for \"" + user + "\": set " + VARIABLE
                        + ", or give --new-pin-file, or run this in a terminal"));
        try {
            work.accept(pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }
}
