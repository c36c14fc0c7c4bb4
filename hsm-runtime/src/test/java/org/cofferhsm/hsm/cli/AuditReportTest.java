package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.session.AuditVerification;
import org.cofferhsm.hsm.session.AuditVerification.BadRecord;
import org.junit.jupiter.api.Test;

class AuditReportTest {

    @Test
    void aSoundLogIsASuccess() {
        Answer answer = new AuditReport(new AuditVerification(12, 1, 2, 10, false, Optional.empty())).answer();
        assertThat(answer.status()).isZero();
        assertThat(answer.text().lines(OptionalInt.empty()))
                .containsExactly("The audit log is sound: 12 records in 1 files, 2 signatures up to record 10;"
                        + " the MACs need the module and were not checked");
    }

    @Test
    void theFirstBadRecordIsNamed() {
        BadRecord bad = new BadRecord(8, "ALTERED", "its hash does not fit");
        Answer answer = new AuditReport(new AuditVerification(7, 1, 0, 0, true, Optional.of(bad))).answer();
        assertThat(answer.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(answer.text().lines(OptionalInt.empty()))
                .first()
                .isEqualTo("BROKEN at record 8 (ALTERED): its hash does not fit");
        assertThat(answer.data().get()).asString().contains("sequence=8", "sound=false");
    }
}
