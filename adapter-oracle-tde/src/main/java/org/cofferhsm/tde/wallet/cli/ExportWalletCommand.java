package org.cofferhsm.tde.wallet.cli;

import java.util.List;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.tde.wallet.Wallet;
import org.cofferhsm.tde.wallet.WalletEscrow;

/** {@code coffer tde export-wallet}: rebuilds a wallet from escrow, under a new password. */
public final class ExportWalletCommand extends SessionCommand {

    public ExportWalletCommand() {
        super("tde export-wallet", "Rebuild an Oracle wallet from escrow, under a new password");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("out", "FILE", "the wallet to write: ewallet.p12 in a directory of its own")
                .value("name", "NAME", "which of the user's wallets; else \"" + ImportWalletCommand.USUAL_NAME + "\"");
        NewWallet.declare(options);
        WalletPassword.NEW.declare(options);
        super.declare(options);
    }

    @Override
    protected void check(Invocation invocation) {
        new AutoLogin(invocation).check();
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        NewWallet target = new NewWallet(invocation, invocation.path(invocation.get("out")));
        target.requirePossible(target.mayReplace());
        String name = invocation.find("name").orElse(ImportWalletCommand.USUAL_NAME);
        List<String> done = WalletPassword.NEW.use(invocation, password -> {
            try (Wallet wallet = new WalletEscrow(session).rebuild(name)) {
                return target.write(wallet, password, target.mayReplace());
            }
        });
        return Answer.of(
                () -> new Fields()
                        .with("file", target.path().toString())
                        .with("done", done)
                        .map(),
                width -> done);
    }
}
