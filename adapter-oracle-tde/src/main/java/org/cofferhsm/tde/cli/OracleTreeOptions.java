package org.cofferhsm.tde.cli;

import java.nio.file.Path;
import org.cofferhsm.hsm.SoftwareVersion;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.tde.install.Layout;
import org.cofferhsm.tde.install.OracleTree;

/** The options that say where Oracle looks for libraries. */
final class OracleTreeOptions {

    private OracleTreeOptions() {}

    static void declare(OptionSet options) {
        options.value("oracle-base", "DIR", "where extapi is; Oracle looks in /opt/oracle, which is usual")
                .value("layout", "RULE", "hsm: extapi/64/hsm (usual); pkcs11: PKCS11_LIBRARY_LOCATION of 21c and later")
                .value("root", "DIR", "what stands for /: the file system of an image");
    }

    static OracleTree of(Invocation invocation) {
        return new OracleTree(
                invocation.findPath("root").orElse(Path.of("/")),
                invocation.find("oracle-base").map(Path::of).orElse(OracleTree.USUAL_BASE),
                layout(invocation));
    }

    private static Layout layout(Invocation invocation) {
        String name = invocation.find("layout").orElse(Layout.HSM.directory());
        return Layout.named(name).orElseThrow(() -> new UsageException("--layout is hsm or pkcs11, not " + name));
    }

    /** Coffer's own version as Oracle wants one: numbers only. */
    static String version() {
        return SoftwareVersion.text().split("-", 2)[0];
    }
}
