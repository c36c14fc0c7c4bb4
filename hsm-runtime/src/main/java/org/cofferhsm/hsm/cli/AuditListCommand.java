package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NumberRange;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer audit list}. */
final class AuditListCommand extends SessionCommand {

    private static final int USUAL_LIMIT = 100;
    private static final List<String> HEADINGS =
            List.of("SEQUENCE", "TIME", "USER", "OPERATION", "KEY", "RESULT", "DETAIL");

    AuditListCommand() {
        super("audit list", "Show the audit log (admins and auditors)");
    }

    @Override
    protected void declare(OptionSet options) {
        options.value("from", "N", "the first sequence number; 1 unless said otherwise")
                .value("limit", "N", "how many records at most; " + USUAL_LIMIT + " unless said otherwise");
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        int from = invocation.findNumber("from", NumberRange.POSITIVE).orElse(1);
        int limit = invocation.findNumber("limit", NumberRange.POSITIVE).orElse(USUAL_LIMIT);
        List<AuditEntry> entries = session.auditTrail().read(from, limit);
        return Answer.of(
                () -> Map.of(
                        "records",
                        entries.stream().map(AuditListCommand::fields).toList()),
                width -> Table.of(
                                HEADINGS,
                                entries.stream().map(AuditListCommand::row).toList())
                        .lines(width));
    }

    private static Map<String, Object> fields(AuditEntry entry) {
        return new Fields()
                .with("sequence", entry.sequence())
                .with("time", entry.time().toString())
                .with("user", entry.user())
                .with("operation", entry.operation())
                .with("key", entry.key())
                .with("result", entry.result())
                .with("detail", entry.detail())
                .map();
    }

    private static List<String> row(AuditEntry entry) {
        return List.of(
                String.valueOf(entry.sequence()),
                entry.time().toString(),
                entry.user(),
                entry.operation(),
                entry.key(),
                entry.result(),
                entry.detail());
    }
}
