/** SignTool: code signing by keys in the module; JARs so far, by the JDK's own jarsigner. */
module org.cofferhsm.signtool {
    requires transitive org.cofferhsm.hsm;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires static org.jspecify;

    exports org.cofferhsm.signtool;

    provides org.cofferhsm.hsm.spi.QuickstartStep with
            org.cofferhsm.signtool.quickstart.SigntoolQuickstart;
}
