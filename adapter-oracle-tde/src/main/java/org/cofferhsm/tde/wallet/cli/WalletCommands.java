package org.cofferhsm.tde.wallet.cli;

import java.util.List;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.CommandSet;

/** The commands {@code tde} about wallets. */
public final class WalletCommands implements CommandSet {

    /** For {@link java.util.ServiceLoader}. */
    public WalletCommands() {}

    @Override
    public List<String> nouns() {
        return List.of("tde");
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new ExportWalletCommand(), new HsmWalletCommand(), new ImportWalletCommand(), new ListEscrowCommand());
    }
}
