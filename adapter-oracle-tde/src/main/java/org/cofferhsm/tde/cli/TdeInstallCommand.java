package org.cofferhsm.tde.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.install.Change;
import org.cofferhsm.tde.install.InstallRequest;
import org.cofferhsm.tde.install.Installation;
import org.cofferhsm.tde.install.InstalledModule;
import org.cofferhsm.tde.install.OracleTree;
import org.cofferhsm.tde.install.Owner;
import org.cofferhsm.tde.install.ShippedLibrary;

/** {@code coffer tde install}: puts the PKCS#11 module where Oracle Database looks for it, or takes it away again. */
public final class TdeInstallCommand extends OptionCommand {

    public TdeInstallCommand() {
        super("tde install", "Put the PKCS#11 module where Oracle Database looks for it");
    }

    @Override
    protected void declare(OptionSet options) {
        OracleTreeOptions.declare(options);
        options.value("socket", "PATH", "where coffer serve listens; /run/coffer/coffer.sock in a new configuration")
                .value("owner", "USER:GROUP", "of Oracle's software, oracle:oinstall; with --layout pkcs11 it is root")
                .value("library", "FILE", "the library to install, instead of the one that came with this Coffer")
                .value("library-version", "N.N.N", "the name of its directory, instead of this Coffer's version")
                .flag("uninstall", "take away all versions of it")
                .flag("dry-run", "only say what would be done");
    }

    @Override
    protected void check(Invocation invocation) {
        if (invocation.has("uninstall") && (invocation.has("library") || invocation.has("socket"))) {
            throw new UsageException("--uninstall takes no --library and no --socket");
        }
    }

    @Override
    protected Answer answer(Invocation invocation) {
        OracleTree tree = OracleTreeOptions.of(invocation);
        Installation plan =
                invocation.has("uninstall") ? Installation.removalOf(tree) : Installation.of(request(invocation, tree));
        List<Map<String, Object>> changes =
                plan.changes().stream().map(TdeInstallCommand::fields).toList(); // a replacement is none afterwards
        boolean dry = invocation.has("dry-run");
        if (!dry) {
            plan.make();
        }
        return Answer.of(
                () -> new Fields()
                        .with("done", !dry)
                        .with("changes", changes)
                        .with("warnings", plan.warnings())
                        .map(),
                width -> lines(changes, plan.warnings(), dry));
    }

    private static InstallRequest request(Invocation invocation, OracleTree tree) {
        Path source = invocation
                .findPath("library")
                .or(ShippedLibrary::find)
                .orElseThrow(() -> HsmException.argumentInvalid(
                        "this Coffer was built without a C compiler and has no library for this"
                                + " machine; name one by --library"));
        String version = invocation.find("library-version").orElseGet(OracleTreeOptions::version);
        return new InstallRequest(
                new InstalledModule(tree, version),
                source,
                invocation.find("socket").map(Path::of),
                invocation.find("owner").map(Owner::parse).orElse(Owner.ORACLE));
    }

    private static Map<String, Object> fields(Change change) {
        return new Fields()
                .with("action", change.verb())
                .with("path", change.path().toString())
                .map();
    }

    private static List<String> lines(List<Map<String, Object>> changes, List<String> warnings, boolean dry) {
        List<String> lines = new ArrayList<>();
        changes.forEach(change -> lines.add((dry ? "would " : "") + change.get("action") + " " + change.get("path")));
        warnings.forEach(warning -> lines.add("warning: " + warning));
        if (changes.isEmpty()) {
            lines.add("everything is in place already");
        } else if (!dry) {
            lines.add("done; check it as Oracle's user by `coffer tde preflight`");
        }
        return lines;
    }
}
