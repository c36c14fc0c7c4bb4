package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.session.AuditVerification;
import org.cofferhsm.hsm.session.AuditVerification.BadRecord;

/** What a check of an audit log found, as an answer. */
record AuditReport(AuditVerification found) {

    Answer answer() {
        return new Answer(this::fields, width -> lines(), found.isSound() ? ExitStatus.DONE : ExitStatus.FAILED);
    }

    private Map<String, Object> fields() {
        Fields fields = new Fields()
                .with("sound", found.isSound())
                .with("records", found.records())
                .with("segments", found.segments())
                .with("checkpoints", found.checkpoints())
                .with("signed_to", found.signedTo())
                .with("macs_checked", found.macsChecked());
        found.firstBad().ifPresent(bad -> fields.with("first_bad", fields(bad)));
        return fields.map();
    }

    private static Map<String, Object> fields(BadRecord bad) {
        return new Fields()
                .with("sequence", bad.sequence())
                .with("fault", bad.fault())
                .with("what", bad.what())
                .map();
    }

    private List<String> lines() {
        String counted = found.records() + " records in " + found.segments() + " files, " + found.checkpoints()
                + " signatures up to record " + found.signedTo()
                + (found.macsChecked() ? ", every MAC" : "; the MACs need the module and were not checked");
        return found.firstBad()
                .map(bad -> List.of(
                        "BROKEN at record " + bad.sequence() + " (" + bad.fault() + "): " + bad.what(),
                        "Sound before it: " + counted))
                .orElseGet(() -> List.of("The audit log is sound: " + counted));
    }
}
