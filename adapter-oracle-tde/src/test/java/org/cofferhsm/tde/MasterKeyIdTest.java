package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyIdTest {
    private static final MasterKeyId ID = new MasterKeyId(Octets.ofHex("069f37d091a73d4f13bf2ce921eb2cf080"));

    @Test
    void labelsAKeyAsOracleDoes() {
        assertThat(ID.label()).isEqualTo("ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080");
    }

    @Test
    void isFoundInItsLabel() {
        assertThat(MasterKeyId.ofLabel(ID.label())).contains(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "payroll",
                "ORACLE.TDE.HSM.MK.",
                "ORACLE.TDE.HSM.MK.059F37D091A73D4F13BF2CE921EB2CF080",
                "ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF0",
                "ORACLE.TDE.HSM.MK.069f37d091a73d4f13bf2ce921eb2cf080",
                "XORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080"
            })
    void isNotFoundInOtherLabels(String label) {
        assertThat(MasterKeyId.ofLabel(label)).isEmpty();
    }

    @Test
    void refusesOtherLengthsAndKinds() {
        assertRefused(Reason.DATA_INVALID, () -> new MasterKeyId(Octets.of(new byte[17])));
        assertRefused(Reason.DATA_INVALID, () -> new MasterKeyId(Octets.of((byte) 6)));
    }

    /** Its label and KEY_ID have 52 characters both. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "069F37D091A73D4F13BF2CE921EB2CF080",
                "069f37d091a73d4f13bf2ce921eb2cf080",
                "ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080",
                "Bp830JGnPU8TvyzpIess8IAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void isNamedInThreeWays(String text) {
        assertThat(MasterKeyId.parse(text)).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "payroll",
                "069F",
                "ORACLE.TDE.HSM.MK.",
                "!p830JGnPU8TvyzpIess8IAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void isNotNamedOtherwise(String text) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> MasterKeyId.parse(text)).hasMessageContaining("34 hex digits");
    }
}
