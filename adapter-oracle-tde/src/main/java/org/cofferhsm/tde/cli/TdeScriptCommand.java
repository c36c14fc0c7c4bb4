package org.cofferhsm.tde.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NewFile;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.tde.script.Pdb;
import org.cofferhsm.tde.script.Release;
import org.cofferhsm.tde.script.Site;
import org.cofferhsm.tde.script.TdeScript;
import org.cofferhsm.tde.script.Topic;

/** {@code coffer tde script}: prints settings and SQL for a DBA, with what to look at after each step. */
public final class TdeScriptCommand extends OptionCommand {

    private static final String LIBRARY = "/opt/oracle/extapi/64/%s/coffer/%s/libcoffer-pkcs11.so";

    public TdeScriptCommand() {
        super("tde script", "Print the SQL and the settings for Oracle Database, by release and purpose");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required(
                        "topic",
                        "TOPIC",
                        joined(Arrays.stream(Topic.values()).map(Topic::id).toList()))
                .required(
                        "release",
                        "RELEASE",
                        joined(Arrays.stream(Release.values())
                                .map(Release::toString)
                                .toList()))
                .required("user", "USER", "the crypto user that the database logs in as")
                .value(
                        "wallet-root",
                        "DIR",
                        "WALLET_ROOT, or the wallet's directory; /etc/ORACLE/WALLETS/USER is usual")
                .value("library", "FILE", "the library as Oracle sees it, instead of where tde install puts it")
                .value("tag", "TEXT", "of the new master keys; coffer is usual")
                .values("pdb", "NAME[=USER]", "a pluggable database, with its crypto user for isolated mode")
                .value("out", "FILE", "write it to a new file instead");
    }

    private static String joined(List<String> names) {
        return String.join(", ", names);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        TdeScript script = script(invocation);
        String text = script.text();
        Optional<Path> file = invocation.findPath("out");
        file.ifPresent(path -> NewFile.write(path, text.getBytes(StandardCharsets.UTF_8)));
        return Answer.of(
                () -> fields(script, text),
                width -> file.map(path -> List.of("written to " + path))
                        .orElseGet(() -> text.lines().toList()));
    }

    private static Map<String, Object> fields(TdeScript script, String text) {
        return new Fields()
                .with("topic", script.topic().id())
                .with("release", script.release().toString())
                .with("script", text)
                .map();
    }

    private static TdeScript script(Invocation invocation) {
        Release release = Release.named(invocation.get("release"))
                .orElseThrow(() -> new UsageException("no release is called " + invocation.get("release")
                        + "; there are "
                        + Arrays.stream(Release.values()).map(Release::toString).collect(Collectors.joining(", "))));
        Topic topic = Topic.named(invocation.get("topic"))
                .orElseThrow(() -> new UsageException("no topic is called " + invocation.get("topic") + "; there are "
                        + Arrays.stream(Topic.values()).map(Topic::id).collect(Collectors.joining(", "))));
        return new TdeScript(topic, release, site(invocation, release));
    }

    private static Site site(Invocation invocation, Release release) {
        String user = invocation.get("user");
        return new Site(
                user,
                Path.of(invocation.find("wallet-root").orElse("/etc/ORACLE/WALLETS/" + user)),
                Path.of(invocation.find("library").orElseGet(() -> library(release))),
                invocation.find("tag").orElse("coffer"),
                invocation.all("pdb").stream().map(Pdb::parse).toList());
    }

    private static String library(Release release) {
        return LIBRARY.formatted(release.locatesLibrary() ? "pkcs11" : "hsm", OracleTreeOptions.version());
    }
}
