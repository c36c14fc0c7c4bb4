package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OraCauseTest {

    @Test
    void putsItsNumberAtTheEndOfTheMessage() {
        HsmException refusal = OraCause.KEYSTORE_NOT_OPEN.refusal("the keystore of hr is closed; open it");

        assertThat(refusal.reason()).isEqualTo(Reason.MODULE_STATE_WRONG);
        assertThat(refusal).hasMessage("the keystore of hr is closed; open it (ORA-28365: the keystore is not open)");
    }

    @ParameterizedTest
    @CsvSource({
        "PIN_INCORRECT,ORA-28353",
        "MODULE_LOCKED,ORA-28353",
        "SERVICE_UNAVAILABLE,ORA-28353",
        "KEY_NOT_FOUND,ORA-28362",
        "MODULE_NOT_INITIALIZED,ORA-28367"
    })
    void explainsRefusalsOfTheModule(Reason reason, String code) {
        HsmException refusal = HsmException.of(reason, "refused");

        HsmException explained = OraCause.explained(refusal);

        assertThat(explained.reason()).isEqualTo(reason);
        assertThat(explained).hasMessageContaining(code).hasCause(refusal);
    }

    @Test
    void leavesWhatHasANumberOrNeedsNone() {
        HsmException numbered = OraCause.TYPED_MASTER_KEY_NOT_FOUND.refusal("no such key");
        HsmException other = HsmException.argumentInvalid("a tag is too long");

        assertThat(OraCause.explained(numbered)).isSameAs(numbered);
        assertThat(OraCause.explained(other)).isSameAs(other);
    }

    @Test
    void isNotTakenForBorneByAPathThatLooksSo() {
        HsmException refusal = HsmException.of(Reason.KEY_NOT_FOUND, "no key for /u02/ORA-DATA/users.mv.db");

        assertThat(OraCause.explained(refusal)).hasMessageContaining("(ORA-28362: ");
    }

    @ParameterizedTest
    @CsvSource({"FILE_IN_USE,ORA-01157", "PROCESS_CRASHED,ORA-07445", "LIBRARY_PATH_INVALID,OCI-46707"})
    void isWrittenAsOracleWritesIt(OraCause cause, String code) {
        assertThat(cause.code()).isEqualTo(code);
    }

    @Test
    void isFoundByItsNumber() {
        assertThat(OraCause.ofNumber(28374)).contains(OraCause.TYPED_MASTER_KEY_NOT_FOUND);
        assertThat(OraCause.ofNumber(1)).isEmpty();
    }
}
