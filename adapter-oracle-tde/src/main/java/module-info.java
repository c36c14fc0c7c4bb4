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
    provides org.cofferhsm.hsm.spi.CommandSet with
            org.cofferhsm.tde.cli.TdeCommands,
            org.cofferhsm.tde.wallet.cli.WalletCommands;
    provides org.cofferhsm.hsm.spi.QuickstartStep with
            org.cofferhsm.tde.quickstart.TdeQuickstart;
}
