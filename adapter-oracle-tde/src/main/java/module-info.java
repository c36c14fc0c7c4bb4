/** Oracle TDE: a keystore of master keys that wrap tablespace keys. */
module org.cofferhsm.tde {
    requires com.h2database;
    requires transitive java.sql;
    requires transitive org.cofferhsm.hsm;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires com.sun.jna;
    requires static org.jspecify;

    exports org.cofferhsm.tde;
    exports org.cofferhsm.tde.wallet;
    exports org.cofferhsm.tde.h2;

    uses org.cofferhsm.tde.TablespaceFormat;

    provides java.sql.Driver with
            org.cofferhsm.tde.h2.TdeDriver;
    provides org.cofferhsm.tde.TablespaceFormat with
            org.cofferhsm.tde.h2.H2Format;
    provides org.cofferhsm.hsm.spi.Command with
            org.cofferhsm.tde.cli.CloseCommand,
            org.cofferhsm.tde.cli.H2EncryptCommand,
            org.cofferhsm.tde.cli.H2RekeyCommand,
            org.cofferhsm.tde.cli.ListCommand,
            org.cofferhsm.tde.cli.OpenCommand,
            org.cofferhsm.tde.cli.RekeyCommand,
            org.cofferhsm.tde.cli.SetKeyCommand,
            org.cofferhsm.tde.cli.TablespaceKeyCommand,
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
