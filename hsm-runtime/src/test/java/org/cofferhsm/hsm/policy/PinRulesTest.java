package org.cofferhsm.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "payroll", "Ora.TDE-1_x@db", "0123456789012345678901234567890"})
    void acceptsUsualNames(String name) {
        assertThatCode(() -> PinRules.requireName(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "user:pin", "a b", "ümlaut", "01234567890123456789012345678901"})
    void refusesOtherNames(String name) {
        assertRefused(Reason.USER_NAME_INVALID, () -> PinRules.requireName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567", "", "tab\tinside", "PAYROLL-1"})
    void refusesWeakPins(String pin) {
        assertRefused(Reason.PIN_INVALID, () -> PinRules.requirePin("payroll-1", pin.toCharArray()));
    }

    @Test
    void refusesAnEndlessPin() {
        assertRefused(
                Reason.PIN_INVALID,
                () -> PinRules.requirePin("payroll", "x".repeat(129).toCharArray()));
    }

    @Test
    void neverSaysThePin() {
        assertThat(assertRefused(Reason.PIN_INVALID, () -> PinRules.requirePin("u", "sEcReT".toCharArray())))
                .hasMessageNotContaining("sEcReT");
    }
}
