package org.cofferhsm.hsm.pkcs11.terms;

import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation.Subject;

/** What a program is told for each of the module's reasons; {@code docs/guides/pkcs11.md} says it to people. */
public final class ReturnValues {

    private ReturnValues() {}

    /** The value for a refusal of an operation on {@code subject}. */
    public static Ckr of(Reason reason, Subject subject) {
        return switch (reason) {
            case KEY_NOT_FOUND -> handleInvalid(subject);
            case KEY_TYPE_INCONSISTENT -> typeInconsistent(subject);
            case KEY_SIZE_RANGE -> sizeRange(subject);
            case DATA_LENGTH_RANGE -> lengthRange(subject);
            case ENCRYPTED_DATA_INVALID ->
                subject == Subject.MESSAGE ? Ckr.AEAD_DECRYPT_FAILED : Ckr.ENCRYPTED_DATA_INVALID;
            case ARGUMENT_INVALID -> Ckr.ARGUMENTS_BAD;
            case MODULE_NOT_INITIALIZED, MODULE_LOCKED, MODULE_ZEROIZED -> Ckr.TOKEN_NOT_PRESENT;
            case MODULE_NOT_ACTIVATED -> Ckr.USER_PIN_NOT_INITIALIZED;
            case PIN_INCORRECT, USER_NOT_FOUND -> Ckr.PIN_INCORRECT;
            case PIN_INVALID, USER_NAME_INVALID, USER_EXISTS, USER_IN_USE -> Ckr.PIN_INVALID;
            case USER_LOCKED -> Ckr.PIN_LOCKED;
            case ROLE_NOT_PERMITTED, SESSION_CLOSED -> Ckr.USER_NOT_LOGGED_IN;
            case OPERATION_FINISHED -> Ckr.OPERATION_NOT_INITIALIZED;
            case KEY_AMBIGUOUS -> Ckr.TEMPLATE_INCONSISTENT;
            case KEY_NOT_OWNED, KEY_NOT_DESTROYABLE -> Ckr.ACTION_PROHIBITED;
            case KEY_FUNCTION_NOT_PERMITTED, KEY_NOT_VALID_NOW -> Ckr.KEY_FUNCTION_NOT_PERMITTED;
            case KEY_USAGE_EXHAUSTED -> Ckr.KEY_EXHAUSTED;
            case KEY_UNEXTRACTABLE -> Ckr.KEY_UNEXTRACTABLE;
            case WRAPPING_KEY_NOT_TRUSTED -> Ckr.KEY_NOT_WRAPPABLE;
            case MECHANISM_INVALID, MECHANISM_NOT_ALLOWED -> Ckr.MECHANISM_INVALID;
            case MECHANISM_PARAMETER_INVALID -> Ckr.MECHANISM_PARAM_INVALID;
            case ATTRIBUTE_READ_ONLY -> Ckr.ATTRIBUTE_READ_ONLY;
            case ATTRIBUTE_TYPE_INVALID -> Ckr.ATTRIBUTE_TYPE_INVALID;
            case ATTRIBUTE_VALUE_INVALID -> Ckr.ATTRIBUTE_VALUE_INVALID;
            case TEMPLATE_INCOMPLETE -> Ckr.TEMPLATE_INCOMPLETE;
            case TEMPLATE_INCONSISTENT -> Ckr.TEMPLATE_INCONSISTENT;
            case DATA_INVALID -> subject == Subject.OBJECT ? Ckr.ATTRIBUTE_VALUE_INVALID : Ckr.DATA_INVALID;
            case WRAPPED_KEY_INVALID -> Ckr.WRAPPED_KEY_INVALID;
            case INTERNAL -> Ckr.GENERAL_ERROR;
            case MODULE_ALREADY_INITIALIZED,
                    MODULE_STATE_WRONG,
                    MODULE_IN_ERROR,
                    MODULE_IN_USE,
                    UNLOCK_REFUSED,
                    SERVICE_UNAVAILABLE,
                    SERVICE_REFUSED,
                    STORE_TAMPERED,
                    STORE_UNAVAILABLE,
                    STORE_VERSION_UNSUPPORTED,
                    AUDIT_TAMPERED,
                    AUDIT_UNAVAILABLE,
                    SELF_TEST_FAILED -> Ckr.DEVICE_ERROR;
        };
    }

    /** That there is no such object. */
    public static Ckr handleInvalid(Subject subject) {
        return switch (subject) {
            case OBJECT -> Ckr.OBJECT_HANDLE_INVALID;
            case WRAPPING_KEY -> Ckr.WRAPPING_KEY_HANDLE_INVALID;
            case UNWRAPPING_KEY -> Ckr.UNWRAPPING_KEY_HANDLE_INVALID;
            case KEY, CIPHERTEXT, MESSAGE -> Ckr.KEY_HANDLE_INVALID;
        };
    }

    private static Ckr typeInconsistent(Subject subject) {
        return switch (subject) {
            case WRAPPING_KEY -> Ckr.WRAPPING_KEY_TYPE_INCONSISTENT;
            case UNWRAPPING_KEY -> Ckr.UNWRAPPING_KEY_TYPE_INCONSISTENT;
            case OBJECT -> Ckr.TEMPLATE_INCONSISTENT;
            case KEY, CIPHERTEXT, MESSAGE -> Ckr.KEY_TYPE_INCONSISTENT;
        };
    }

    private static Ckr sizeRange(Subject subject) {
        return switch (subject) {
            case WRAPPING_KEY -> Ckr.WRAPPING_KEY_SIZE_RANGE;
            case UNWRAPPING_KEY -> Ckr.UNWRAPPING_KEY_SIZE_RANGE;
            case OBJECT -> Ckr.ATTRIBUTE_VALUE_INVALID;
            case KEY, CIPHERTEXT, MESSAGE -> Ckr.KEY_SIZE_RANGE;
        };
    }

    private static Ckr lengthRange(Subject subject) {
        return switch (subject) {
            case CIPHERTEXT, MESSAGE -> Ckr.ENCRYPTED_DATA_LEN_RANGE;
            case OBJECT -> Ckr.ATTRIBUTE_VALUE_INVALID;
            case WRAPPING_KEY -> Ckr.KEY_NOT_WRAPPABLE;
            case UNWRAPPING_KEY -> Ckr.WRAPPED_KEY_LEN_RANGE;
            case KEY -> Ckr.DATA_LEN_RANGE;
        };
    }
}
