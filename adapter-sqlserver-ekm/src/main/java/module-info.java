/** SQL Server EKM: the provider behind {@code CREATE CRYPTOGRAPHIC PROVIDER}. */
module org.cofferhsm.ekm {
    requires transitive org.cofferhsm.hsm;
    requires com.sun.jna;
    requires static org.jspecify;

    exports org.cofferhsm.ekm;

    provides org.cofferhsm.hsm.spi.ChannelService with
            org.cofferhsm.ekm.channel.EkmService;
    provides org.cofferhsm.hsm.spi.CommandSet with
            org.cofferhsm.ekm.cli.EkmCommands;
    provides org.cofferhsm.hsm.spi.QuickstartStep with
            org.cofferhsm.ekm.quickstart.EkmQuickstart;
}
