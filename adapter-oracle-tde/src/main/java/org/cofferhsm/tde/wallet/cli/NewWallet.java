package org.cofferhsm.tde.wallet.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.tde.wallet.Wallet;
import org.cofferhsm.tde.wallet.WalletFile;
import org.cofferhsm.tde.wallet.WalletForm;
import org.cofferhsm.tde.wallet.WalletWriter;

/** The wallet that a command writes, and its auto-login companion. */
record NewWallet(Invocation invocation, Path path) {

    private static final String REPLACE = "replace";

    static void declare(OptionSet options) {
        options.value("form", "FORM", "aes256 (usual) or 3des, for databases up to 19c that cannot read it")
                .flag(REPLACE, "keep a wallet that is there as ewallet_TIME.p12 and take its place");
        AutoLogin.declare(options);
    }

    /** Complains before any work is done. */
    void requirePossible(boolean replaces) {
        WalletForm.named(invocation.find("form").orElse(WalletForm.AES256.toString()));
        new AutoLogin(invocation).requirePossible(path, replaces);
        if (!replaces) {
            new WalletFile(path).requireAbsent();
        }
    }

    boolean mayReplace() {
        return invocation.has(REPLACE);
    }

    /** Writes it and gives what to tell the user. */
    List<String> write(Wallet wallet, char[] password, boolean replaces) {
        WalletForm form = WalletForm.named(invocation.find("form").orElse(WalletForm.AES256.toString()));
        byte[] content = WalletWriter.write(wallet, password, form);
        List<String> done = new ArrayList<>();
        try {
            new WalletFile(path)
                    .put(content, replaces, Clock.systemUTC())
                    .ifPresent(kept -> done.add("The wallet that was there is kept as " + kept));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
        done.add("Wrote " + path);
        done.addAll(new AutoLogin(invocation).make(path, password));
        return done;
    }
}
