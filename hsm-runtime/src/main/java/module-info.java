/** The embedded HSM: keys, users, policy, crypto, store, audit; the JCE provider; the command line. */
module org.cofferhsm.hsm {
    requires static com.google.gson;
    requires static org.apache.commons.cli;
    requires static transitive org.jspecify;
    requires com.h2database;
    requires com.sun.jna;
    requires java.sql;
    requires jdk.net;
    requires org.bouncycastle.provider;

    exports org.cofferhsm.hsm;
    exports org.cofferhsm.hsm.access;
    exports org.cofferhsm.hsm.command;
    exports org.cofferhsm.hsm.cryptoki;
    exports org.cofferhsm.hsm.error;
    exports org.cofferhsm.hsm.file;
    exports org.cofferhsm.hsm.jce;
    exports org.cofferhsm.hsm.key;
    exports org.cofferhsm.hsm.session;
    exports org.cofferhsm.hsm.spi;
    exports org.cofferhsm.hsm.user;

    uses org.cofferhsm.hsm.spi.ChannelService;
    uses org.cofferhsm.hsm.spi.CommandSet;
    uses org.cofferhsm.hsm.spi.QuickstartStep;

    provides java.security.Provider with
            org.cofferhsm.hsm.jce.CofferProvider;
}
