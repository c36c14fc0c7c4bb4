package org.cofferhsm.tde.wallet.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SecretSource;
import org.cofferhsm.hsm.command.UsageException;

/** A wallet's password, from a file, the environment or a prompt; never from the command line. */
enum WalletPassword {
    /** That of a wallet that is there. */
    PRESENT("wallet-password-file", "COFFER_WALLET_PASSWORD", "the wallet's password") {
        @Override
        Optional<char[]> asked(Invocation invocation) {
            return invocation.terminal().askSecret("Password of the wallet: ");
        }
    },
    /** That of a wallet to be made. */
    NEW("new-wallet-password-file", "COFFER_NEW_WALLET_PASSWORD", "the new wallet's password") {
        @Override
        Optional<char[]> asked(Invocation invocation) {
            return SecretSource.askTwice(invocation, "password of the wallet");
        }
    };

    private final String option;
    private final String variable;
    private final String what;

    WalletPassword(String option, String variable, String what) {
        this.option = option;
        this.variable = variable;
        this.what = what;
    }

    void declare(OptionSet options) {
        options.value(option, "FILE", "a file with " + what + "; else " + variable + ", else a prompt");
    }

    abstract Optional<char[]> asked(Invocation invocation);

    /** Lends the password and wipes it. */
    <T> T use(Invocation invocation, Function<char[], T> work) {
        char[] password = SecretSource.file(invocation, option)
                .or(() -> SecretSource.environment(invocation, variable))
                .or(() -> asked(invocation))
                .orElseThrow(() -> new UsageException(
                        "no password: set " + variable + ", or give --" + option + ", or run this in a terminal"));
        try {
            return work.apply(password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
