package org.cofferhsm.tde.cli;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.Progress;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.tde.Rewrapping;
import org.cofferhsm.tde.TablespaceFiles;
import org.cofferhsm.tde.TablespaceHeader;
import org.cofferhsm.tde.TdeKeystore;

/** {@code coffer tde rekey}: a new master key, and the keys of tablespaces re-wrapped under it. */
public final class RekeyCommand extends KeystoreCommand {

    private static final String TABLESPACES = "tablespaces";
    private static final String RESUME = "resume";

    /** For {@link java.util.ServiceLoader}. */
    public RekeyCommand() {
        super("tde rekey", "Rotate the TDE master key: re-wrap tablespace keys, and leave the data as it is");
    }

    @Override
    protected void declare(OptionSet options) {
        options.requiredValues(TABLESPACES, "FILE", "the files that hold the wrapped keys")
                .value("tag", "TAG", "what to write to the new master key")
                .flag(RESUME, "make no new master key: go on with a rotation that was interrupted");
        super.declare(options);
    }

    @Override
    protected void check(Invocation invocation) {
        super.check(invocation);
        if (invocation.has(RESUME) && invocation.has("tag")) {
            throw new UsageException("--resume makes no new master key, so there is nothing to tag");
        }
    }

    @Override
    Answer answer(Invocation invocation, TdeKeystore keystore) {
        List<TablespaceHeader> tablespaces = TablespaceFiles.installed()
                .headersOf(invocation.all(TABLESPACES).stream()
                        .map(invocation::path)
                        .toList());
        tablespaces.forEach(each -> keystore.unwrap(each.wrappedKey()).close()); // before there is a new master key
        if (!invocation.has(RESUME)) {
            keystore.setKey(invocation.find("tag").orElse(""));
        }
        return report(new Progress(invocation.terminal())
                .during("re-wrapping " + tablespaces.size() + " keys", () -> keystore.rewrapAll(tablespaces)));
    }

    private static Answer report(Rewrapping done) {
        return new Answer(
                () -> new Fields()
                        .with("master-key", done.masterKey().toString())
                        .with("rewrapped", done.rewrapped())
                        .with("already", done.already())
                        .with("failed", failures(done))
                        .map(),
                width -> lines(done),
                done.isComplete() ? ExitStatus.DONE : ExitStatus.FAILED);
    }

    private static List<String> lines(Rewrapping done) {
        List<String> lines = new ArrayList<>();
        lines.add(done.rewrapped() + " tablespace keys re-wrapped under " + done.masterKey() + ", " + done.already()
                + " were already");
        lines.addAll(failures(done));
        if (!done.isComplete()) {
            lines.add("The failed ones stay under their old master key, which is kept; mend the cause, then run this"
                    + " again with --resume");
        }
        return lines;
    }

    private static List<String> failures(Rewrapping done) {
        return done.failures().stream()
                .map(failure -> failure.tablespace() + ": " + failure.cause().getMessage())
                .toList();
    }
}
