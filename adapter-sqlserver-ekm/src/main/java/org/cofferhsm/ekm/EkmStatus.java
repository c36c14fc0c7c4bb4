package org.cofferhsm.ekm;

import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.error.Reason;

/**
 * What SQL Server is told a call came to ({@code SqlCpError}), by the numbers of {@code docs/channel.md}: up to 7 its own,
 * above 2048 ours, which keep their meaning for ever.
 */
public enum EkmStatus {
    SUCCESS(0),
    FAILURE(1),
    INSUFFICIENT_BUFFER(2),
    NOT_SUPPORTED(3),
    NOT_FOUND(4),
    AUTH_FAILURE(5),
    INVALID_ARGUMENT(6),
    SERVICE_UNREACHABLE(2100),
    SERVICE_TIMEOUT(2101),
    SERVICE_BUSY(2102),
    SERVICE_REFUSED(2103),
    PROTOCOL_ERROR(2104),
    NO_MEMORY(2105),
    USER_LOCKED(2110),
    SESSION_EXPIRED(2111),
    MODULE_LOCKED(2112),
    APPROVAL_REQUIRED(2113),
    KEY_DROPPED(2120),
    KEY_EXISTS(2121),
    NOT_PERMITTED(2122),
    DATA_INVALID(2123),
    USAGE_LIMIT(2124),
    STORE_FAILED(2125);

    private final int code;

    EkmStatus(int code) {
        this.code = code;
    }

    /** The number that SQL Server shows as "Provider error code". */
    public int code() {
        return code;
    }

    /** The status of that number, when there is one. */
    public static Optional<EkmStatus> ofCode(int code) {
        return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
    }

    /** A refusal by this status. */
    public EkmException because(String message) {
        return new EkmException(this, message);
    }

    /** The status for each of the module's reasons. Only a wrong credential is AUTH_FAILURE: it makes databases unavailable. */
    public static EkmStatus of(Reason reason) {
        return switch (reason) {
            case PIN_INCORRECT, USER_NOT_FOUND -> AUTH_FAILURE;
            case KEY_NOT_FOUND -> NOT_FOUND;
            case USER_LOCKED -> USER_LOCKED;
            case SESSION_CLOSED, OPERATION_FINISHED -> SESSION_EXPIRED;
            case KEY_USAGE_EXHAUSTED, KEY_NOT_VALID_NOW -> USAGE_LIMIT;
            case ENCRYPTED_DATA_INVALID, DATA_INVALID, WRAPPED_KEY_INVALID -> DATA_INVALID;
            case MECHANISM_INVALID, KEY_TYPE_INCONSISTENT -> NOT_SUPPORTED;
            case STORE_UNAVAILABLE, AUDIT_UNAVAILABLE -> STORE_FAILED;
            case SERVICE_UNAVAILABLE, MODULE_IN_USE -> SERVICE_UNREACHABLE;
            case SERVICE_REFUSED -> SERVICE_REFUSED;
            case ROLE_NOT_PERMITTED,
                    KEY_NOT_OWNED,
                    KEY_FUNCTION_NOT_PERMITTED,
                    KEY_AMBIGUOUS,
                    KEY_UNEXTRACTABLE,
                    KEY_NOT_DESTROYABLE,
                    MECHANISM_NOT_ALLOWED,
                    WRAPPING_KEY_NOT_TRUSTED,
                    ATTRIBUTE_READ_ONLY -> NOT_PERMITTED;
            case MODULE_NOT_INITIALIZED,
                    MODULE_NOT_ACTIVATED,
                    MODULE_LOCKED,
                    MODULE_IN_ERROR,
                    MODULE_ZEROIZED,
                    STORE_TAMPERED,
                    AUDIT_TAMPERED -> MODULE_LOCKED;
            case ARGUMENT_INVALID,
                    DATA_LENGTH_RANGE,
                    KEY_SIZE_RANGE,
                    MECHANISM_PARAMETER_INVALID,
                    ATTRIBUTE_VALUE_INVALID,
                    ATTRIBUTE_TYPE_INVALID,
                    TEMPLATE_INCOMPLETE,
                    TEMPLATE_INCONSISTENT,
                    USER_NAME_INVALID,
                    PIN_INVALID -> INVALID_ARGUMENT;
            case MODULE_ALREADY_INITIALIZED,
                    MODULE_STATE_WRONG,
                    UNLOCK_REFUSED,
                    USER_EXISTS,
                    USER_IN_USE,
                    STORE_VERSION_UNSUPPORTED,
                    SELF_TEST_FAILED,
                    INTERNAL -> FAILURE;
        };
    }
}
