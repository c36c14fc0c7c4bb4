package org.cofferhsm.tde.wallet.cli;

import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.AccessCommand;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.command.ServicePlace;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.tde.wallet.Wallet;
import org.cofferhsm.tde.wallet.WalletEscrow;
import org.cofferhsm.tde.wallet.WalletFile;
import org.cofferhsm.tde.wallet.WalletReader;

/** {@code coffer tde import-wallet}: keeps a wallet's secrets in escrow, or only lists them. The file is not touched. */
public final class ImportWalletCommand extends OptionCommand {

    static final String USUAL_NAME = "default";

    public ImportWalletCommand() {
        super("tde import-wallet", "Keep the master keys of an Oracle wallet in escrow, or list what it holds");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("file", "FILE", "the wallet: ewallet.p12")
                .value("name", "NAME", "which of the user's wallets it is; else \"" + USUAL_NAME + "\"")
                .flag("list", "only show what the wallet holds; takes no login")
                .flag("dry-run", "only show what an import would do");
        WalletPassword.PRESENT.declare(options);
        Login.declare(options);
        ModuleHome.declare(options);
        ServicePlace.declare(options);
        SealSource.declare(options);
    }

    @Override
    protected void check(Invocation invocation) {
        if (invocation.has("list") && invocation.has("dry-run")) {
            throw new UsageException("--list and --dry-run exclude each other");
        }
    }

    @Override
    protected Answer answer(Invocation invocation) {
        byte[] file = new WalletFile(invocation.path(invocation.get("file"))).read();
        try (Wallet wallet = WalletPassword.PRESENT.use(invocation, password -> WalletReader.read(file, password))) {
            return invocation.has("list") ? WalletAnswers.content(wallet) : keep(invocation, wallet);
        }
    }

    private static Answer keep(Invocation invocation, Wallet wallet) {
        String name = invocation.find("name").orElse(USUAL_NAME);
        try (ModuleAccess module = AccessCommand.access(invocation);
                Session session = new Login(invocation, invocation.find("as")).open(module)) {
            WalletEscrow escrow = new WalletEscrow(session);
            return invocation.has("dry-run")
                    ? WalletAnswers.report(name, escrow.plan(name, wallet), false)
                    : WalletAnswers.report(name, escrow.put(name, wallet), true);
        }
    }
}
