/** Oracle TDE: a keystore of master keys that wrap tablespace keys. */
module org.cofferhsm.tde {
    requires transitive org.cofferhsm.hsm;
    requires com.sun.jna;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires static org.jspecify;

    exports org.cofferhsm.tde;
    exports org.cofferhsm.tde.wallet;

    uses org.cofferhsm.tde.TablespaceFormat;

    provides org.cofferhsm.tde.TablespaceFormat with
            org.cofferhsm.tde.WrappedKeyFormat;
    provides org.cofferhsm.hsm.spi.Command with
            org.cofferhsm.tde.cli.CloseCommand,
            org.cofferhsm.tde.cli.ListCommand,
            org.cofferhsm.tde.cli.OpenCommand,
            org.cofferhsm.tde.cli.RekeyCommand,
            org.cofferhsm.tde.cli.SetKeyCommand,
            org.cofferhsm.tde.cli.TdeInstallCommand,
            org.cofferhsm.tde.cli.TdePreflightCommand,
            org.cofferhsm.tde.cli.TdeScriptCommand,
            org.cofferhsm.tde.cli.TdeStatusCommand,
            org.cofferhsm.tde.wallet.cli.ExportWalletCommand,
            org.cofferhsm.tde.wallet.cli.HsmWalletCommand,
            org.cofferhsm.tde.wallet.cli.ImportWalletCommand,
            org.cofferhsm.tde.wallet.cli.ListEscrowCommand;
    provides org.cofferhsm.hsm.spi.QuickstartStep with
            org.cofferhsm.tde.quickstart.TdeQuickstart;
}
