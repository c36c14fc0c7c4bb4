package org.cofferhsm.hsm.pkcs11.terms;

import static org.assertj.core.api.Assertions.assertThat;

import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReturnValuesTest {

    @ParameterizedTest
    @EnumSource(Reason.class)
    void hasAValueForEveryReason(Reason reason) {
        for (Subject subject : Subject.values()) {
            assertThat(ReturnValues.of(reason, subject)).isNotNull().isNotEqualTo(Ckr.OK);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KEY_NOT_FOUND, KEY, KEY_HANDLE_INVALID",
        "KEY_NOT_FOUND, OBJECT, OBJECT_HANDLE_INVALID",
        "KEY_NOT_FOUND, WRAPPING_KEY, WRAPPING_KEY_HANDLE_INVALID",
        "KEY_NOT_FOUND, UNWRAPPING_KEY, UNWRAPPING_KEY_HANDLE_INVALID",
        "DATA_LENGTH_RANGE, KEY, DATA_LEN_RANGE",
        "DATA_LENGTH_RANGE, CIPHERTEXT, ENCRYPTED_DATA_LEN_RANGE",
        "ENCRYPTED_DATA_INVALID, MESSAGE, AEAD_DECRYPT_FAILED",
        "WRAPPING_KEY_NOT_TRUSTED, WRAPPING_KEY, KEY_NOT_WRAPPABLE",
        "USER_LOCKED, KEY, PIN_LOCKED",
        "AUDIT_UNAVAILABLE, KEY, DEVICE_ERROR",
        "MODULE_LOCKED, KEY, TOKEN_NOT_PRESENT"
    })
    void tellsThingsApartAsTheStandardDoes(Reason reason, Subject subject, Ckr value) {
        assertThat(ReturnValues.of(reason, subject)).isEqualTo(value);
    }
}
