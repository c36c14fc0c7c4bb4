/** SignTool: code signing by keys in the module, with SignTool's command line. */
module org.cofferhsm.signtool {
    requires transitive org.cofferhsm.hsm;
    requires com.google.gson;
    requires java.xml;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires java.net.http;
    requires jdk.httpserver;
    requires static jdk.jartool;
    requires static org.jspecify;

    exports org.cofferhsm.signtool;

    opens org.cofferhsm.signtool.commandline.sign to
            com.google.gson;

    provides org.cofferhsm.hsm.spi.CommandSet with
            org.cofferhsm.signtool.commandline.run.SigntoolCommands,
            org.cofferhsm.signtool.tsa.cli.TsaCommands;
    provides org.cofferhsm.hsm.spi.QuickstartStep with
            org.cofferhsm.signtool.quickstart.SigntoolQuickstart;
}
