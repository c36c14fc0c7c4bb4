package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EkmStatusTest {

    /** SQL Server takes a database off line when the provider says so. */
    @Test
    void blamesTheCredentialForNothingElse() {
        Set<Reason> blaming = Arrays.stream(Reason.values())
                .filter(reason -> EkmStatus.of(reason) == EkmStatus.AUTH_FAILURE)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));

        assertThat(blaming).containsExactlyInAnyOrder(Reason.PIN_INCORRECT, Reason.USER_NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource
    void refusesForEveryReasonAndNeverTellsThatAllWentWell(Reason reason) {
        assertThat(EkmStatus.of(reason)).isNotIn(EkmStatus.SUCCESS, EkmStatus.INSUFFICIENT_BUFFER);
    }

    @ParameterizedTest
    @EnumSource
    void blamesNoCredentialWhereNoneWasGiven(Reason reason) {
        HsmException refusal = HsmException.of(reason, "why");

        assertThat(EkmException.withoutCredential(refusal).status()).isNotEqualTo(EkmStatus.AUTH_FAILURE);
    }

    /** Numbers from 7 to 2048 are Microsoft's. */
    @ParameterizedTest
    @EnumSource
    void usesNumbersThatAreOurs(EkmStatus status) {
        assertThat(status.code() < 7 || status.code() > 2048).isTrue();
        assertThat(EkmStatus.ofCode(status.code())).contains(status);
    }

    @ParameterizedTest
    @CsvSource({
        "USER_LOCKED, USER_LOCKED",
        "SESSION_CLOSED, SESSION_EXPIRED",
        "MODULE_LOCKED, MODULE_LOCKED",
        "SERVICE_UNAVAILABLE, SERVICE_UNREACHABLE",
        "KEY_NOT_FOUND, NOT_FOUND",
        "KEY_NOT_OWNED, NOT_PERMITTED",
        "ENCRYPTED_DATA_INVALID, DATA_INVALID",
        "AUDIT_UNAVAILABLE, STORE_FAILED",
        "INTERNAL, FAILURE"
    })
    void tellsCausesApart(Reason reason, EkmStatus status) {
        assertThat(EkmStatus.of(reason)).isEqualTo(status);
    }
}
