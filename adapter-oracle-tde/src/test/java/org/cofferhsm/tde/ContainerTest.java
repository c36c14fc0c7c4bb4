package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTest {

    @Test
    void isNamedInCapitalsAsTheDatabaseNamesIt() {
        assertThat(Container.united("hrPdb1")).isEqualTo(new Container("HRPDB1", Container.Mode.UNITED));
        assertThat(Container.united("cdb$root")).isEqualTo(Container.ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1PDB", "HR PDB", "HR\nPDB", "HR.PDB", "ÄPDB"})
    void refusesNamesThatADatabaseCannotHave(String name) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> Container.united(name));
        assertRefused(Reason.ARGUMENT_INVALID, () -> Container.united("P" + "X".repeat(64)));
    }

    @Test
    void knowsOneRootOnly() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> Container.isolated("CDB$ROOT"));
        assertRefused(Reason.ARGUMENT_INVALID, () -> new Container("HRPDB", Container.Mode.NONE));
    }
}
