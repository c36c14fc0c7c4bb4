/** The certification authority: a root whose key is in the module, and the certificates it issues. */
module org.cofferhsm.ca {
    requires transitive org.cofferhsm.hsm;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires static org.jspecify;

    exports org.cofferhsm.ca;

    provides org.cofferhsm.hsm.spi.QuickstartStep with
            org.cofferhsm.ca.quickstart.CaQuickstart;
}
