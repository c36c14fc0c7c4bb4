/** Oracle TDE: a keystore of master keys that wrap tablespace keys. */
module org.cofferhsm.tde {
    requires transitive org.cofferhsm.hsm;
    requires static org.jspecify;

    exports org.cofferhsm.tde;

    provides org.cofferhsm.hsm.spi.QuickstartStep with
            org.cofferhsm.tde.quickstart.TdeQuickstart;
}
