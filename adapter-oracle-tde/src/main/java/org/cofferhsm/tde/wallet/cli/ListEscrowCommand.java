package org.cofferhsm.tde.wallet.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.tde.wallet.WalletEscrow;

/** {@code coffer tde list-escrow}. */
public final class ListEscrowCommand extends SessionCommand {

    public ListEscrowCommand() {
        super("tde list-escrow", "List the master keys of wallets that are in escrow");
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        return WalletAnswers.escrow(new WalletEscrow(session).masterKeys());
    }
}
