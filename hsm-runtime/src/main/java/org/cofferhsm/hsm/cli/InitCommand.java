package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.ModuleState;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.ModuleOpening;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.command.SecretSource;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.error.HsmException;

/** {@code coffer init}: makes a module and activates its first admin; finishes what an interrupted init left. */
final class InitCommand extends OptionCommand {

    private static final String ADMIN = Hsm.FIRST_ADMIN;
    private static final String PIN_VARIABLE = "COFFER_ADMIN_PIN";

    InitCommand() {
        super("init", "Make a module and give its first admin a PIN");
    }

    @Override
    protected void declare(OptionSet options) {
        options.value("admin-pin-file", "FILE", "a file with the admin's PIN; else COFFER_ADMIN_PIN, else a prompt")
                .flag("passphrase", "open the module by a passphrase, not by a key file");
        SealSource.declare(options);
        ModuleHome.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        Path home = ModuleHome.of(invocation);
        if (Hsm.stateOf(home) == ModuleState.UNINITIALIZED) {
            make(invocation, home);
        } else {
            finish(invocation, home);
        }
        return Answer.of(
                () -> new Fields()
                        .with("home", home.toString())
                        .with("admin", ADMIN)
                        .map(),
                width -> next(home));
    }

    /** The PIN is asked for before anything is written. */
    private static void make(Invocation invocation, Path home) {
        char[] pin = adminPin(invocation);
        try (Hsm hsm = initialize(invocation, home)) {
            hsm.activate(pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /** Ends an init that was interrupted; nobody is asked for a PIN that a finished module would not take. */
    private static void finish(Invocation invocation, Path home) {
        try (Hsm hsm = ModuleOpening.open(invocation, home)) {
            if (hsm.activated()) {
                throw HsmException.moduleAlreadyInitialized("the directory " + home + " holds a module already");
            }
            char[] pin = adminPin(invocation);
            try {
                hsm.activate(pin);
            } finally {
                Arrays.fill(pin, '\0');
            }
        }
    }

    private static char[] adminPin(Invocation invocation) {
        return SecretSource.file(invocation, "admin-pin-file")
                .or(() -> SecretSource.environment(invocation, PIN_VARIABLE))
                .or(() -> SecretSource.askTwice(invocation, "PIN of " + ADMIN))
                .orElseThrow(() -> new UsageException("no PIN for the first admin: set " + PIN_VARIABLE
                        + ", or give --admin-pin-file, or run this in a terminal"));
    }

    private static Hsm initialize(Invocation invocation, Path home) {
        return SealSource.useNew(invocation, home, seal -> Hsm.initialize(HsmConfig.at(home), seal));
    }

    private static List<String> next(Path home) {
        return List.of(
                "Made a module in " + home + "; its admin is " + ADMIN + ".",
                "Next: coffer user create --as " + ADMIN + " --username NAME --role crypto-user");
    }
}
