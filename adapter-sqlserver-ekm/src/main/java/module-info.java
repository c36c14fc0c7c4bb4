/** SQL Server EKM: the provider behind {@code CREATE CRYPTOGRAPHIC PROVIDER}. */
module org.cofferhsm.ekm {
    requires transitive org.cofferhsm.hsm;
    requires static org.jspecify;

    exports org.cofferhsm.ekm;

    provides org.cofferhsm.hsm.spi.QuickstartStep with
            org.cofferhsm.ekm.quickstart.EkmQuickstart;
}
