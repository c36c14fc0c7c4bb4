package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.hsm.migration.ImportReport;
import org.cofferhsm.hsm.migration.Outcome;

/** What an import from another token has come to; it failed when one object did. */
record ImportAnswer(ImportReport report) {

    private static final List<String> HEADINGS = List.of("CLASS", "TYPE", "LABEL", "RESULT", "KEY REFERENCE", "DETAIL");

    Answer answer() {
        return new Answer(this::data, this::lines, report.complete() ? ExitStatus.DONE : ExitStatus.FAILED);
    }

    private List<String> lines(OptionalInt width) {
        if (report.items().isEmpty()) {
            return List.of("The token has no such objects.");
        }
        return Table.of(HEADINGS, report.items().stream().map(ImportAnswer::row).toList())
                .lines(width);
    }

    private static List<String> row(ImportReport.Item item) {
        return List.of(
                item.objectClass(),
                item.keyType(),
                item.label(),
                result(item.outcome()),
                item.outcome() instanceof Outcome.Imported imported
                        ? imported.key().toString()
                        : "",
                detail(item.outcome()));
    }

    private static String result(Outcome outcome) {
        if (outcome instanceof Outcome.Imported) {
            return "imported";
        }
        if (outcome instanceof Outcome.Planned) {
            return "would be imported";
        }
        return outcome instanceof Outcome.Left ? "left" : "failed";
    }

    private static String detail(Outcome outcome) {
        if (outcome instanceof Outcome.Imported imported) {
            String how = imported.how() + "; proof: " + imported.proof();
            return imported.changes().isEmpty() ? how : how + "; " + String.join("; ", imported.changes());
        }
        if (outcome instanceof Outcome.Planned planned) {
            return planned.how();
        }
        return outcome instanceof Outcome.Left left ? left.why() : ((Outcome.Failed) outcome).why();
    }

    private Map<String, Object> data() {
        return new Fields()
                .with("complete", report.complete())
                .with(
                        "objects",
                        report.items().stream().map(ImportAnswer::fields).toList())
                .map();
    }

    private static Map<String, Object> fields(ImportReport.Item item) {
        Fields fields = new Fields()
                .with("class", item.objectClass())
                .with("key-type", item.keyType())
                .with("label", item.label())
                .with("id", item.id().toString())
                .with("result", result(item.outcome()).replace(' ', '-'));
        if (item.outcome() instanceof Outcome.Imported imported) {
            return fields.with("key-reference", imported.key().toString())
                    .with("mechanism", imported.how())
                    .with("proof", imported.proof())
                    .with("changes", imported.changes())
                    .map();
        }
        return fields.with("detail", detail(item.outcome())).map();
    }
}
