package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.SignatureException;
import java.security.UnrecoverableKeyException;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.security.auth.login.AccountLockedException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {

    private static <T> T refused(Reason reason) {
        throw HsmException.of(reason, "what happened");
    }

    private static void assertFails(ThrowingCallable call, Class<? extends Exception> type) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(type)
                .hasMessage("what happened")
                .hasRootCauseInstanceOf(HsmException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "KEY_FUNCTION_NOT_PERMITTED, java.security.InvalidKeyException",
        "MECHANISM_PARAMETER_INVALID, java.security.InvalidAlgorithmParameterException",
        "DATA_LENGTH_RANGE, java.security.InvalidAlgorithmParameterException",
        "MODULE_LOCKED, java.security.ProviderException"
    })
    void saysAtInitWhetherKeyOrParametersAreWrong(Reason reason, Class<? extends Exception> type) {
        assertFails(() -> Failures.atInit(() -> refused(reason)), type);
    }

    @Test
    void saysWhatACipherMaySay() {
        assertFails(() -> Failures.ciphering(() -> refused(Reason.DATA_LENGTH_RANGE)), IllegalBlockSizeException.class);
        assertFails(() -> Failures.ciphering(() -> refused(Reason.ENCRYPTED_DATA_INVALID)), BadPaddingException.class);
        assertFails(() -> Failures.opening(() -> refused(Reason.ENCRYPTED_DATA_INVALID)), AEADBadTagException.class);
        assertFails(() -> Failures.ciphering(() -> refused(Reason.AUDIT_UNAVAILABLE)), ProviderException.class);
    }

    @Test
    void saysWhatTheOthersMaySay() {
        assertFails(() -> Failures.withKey(() -> refused(Reason.WRAPPED_KEY_INVALID)), InvalidKeyException.class);
        assertFails(() -> Failures.signing(() -> refused(Reason.KEY_USAGE_EXHAUSTED)), SignatureException.class);
        assertFails(() -> Failures.storing(() -> refused(Reason.KEY_NOT_DESTROYABLE)), KeyStoreException.class);
        assertFails(() -> Failures.recovering(() -> refused(Reason.KEY_AMBIGUOUS)), UnrecoverableKeyException.class);
        assertFails(() -> Failures.loggingIn(() -> refused(Reason.PIN_INCORRECT)), FailedLoginException.class);
        assertFails(() -> Failures.loggingIn(() -> refused(Reason.USER_LOCKED)), AccountLockedException.class);
        assertFails(() -> Failures.loggingIn(() -> refused(Reason.MODULE_IN_USE)), LoginException.class);
    }

    @Test
    void tellsKeyStoreLoadersAWrongPasswordFromOtherTrouble() {
        assertThatThrownBy(() -> Failures.loading(() -> refused(Reason.PIN_INCORRECT)))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(UnrecoverableKeyException.class);
        assertThatThrownBy(() -> Failures.loading(() -> refused(Reason.STORE_TAMPERED)))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(HsmException.class);
    }

    /** Nothing but what the JCA's callers expect comes out, whatever the module says. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void hasAnExceptionForEveryReason(Reason reason) {
        assertThatThrownBy(() -> Failures.atInit(() -> refused(reason))).satisfies(FailuresTest::isOfTheJca);
        assertThatThrownBy(() -> Failures.signing(() -> refused(reason))).satisfies(FailuresTest::isOfTheJca);
        assertThatThrownBy(() -> Failures.opening(() -> refused(reason))).satisfies(FailuresTest::isOfTheJca);
    }

    private static void isOfTheJca(Throwable thrown) {
        assertThat(thrown).isInstanceOfAny(GeneralSecurityException.class, ProviderException.class);
    }
}
