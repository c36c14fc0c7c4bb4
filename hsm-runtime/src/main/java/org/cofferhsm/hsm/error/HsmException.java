package org.cofferhsm.hsm.error;

import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure of the module: its {@link Reason}, and a message that says what happened, to which key or user,
 * and what to do next. A message never holds a secret.
 *
 * <p>Unchecked, because JCE, JDBC and remote callers cannot declare it; mapped to each interface's own code at the
 * edges only. There is one named factory per reason, so that a search for {@code keyNotFound} finds every place.
 */
public final class HsmException extends RuntimeException {

    private final Reason reason;

    private HsmException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The stable name of what went wrong. */
    public Reason reason() {
        return reason;
    }

    /** Whether the same call may succeed later without anybody changing anything in the module. */
    public boolean retryHelps() {
        return reason.retryHelps();
    }

    /** The same refusal, with the exception that led to it. */
    public HsmException causedBy(Throwable cause) {
        HsmException copy = new HsmException(reason, message(), cause);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** A refusal that arrived from elsewhere (another process) as its reason and message. */
    public static HsmException of(Reason reason, String message) {
        return new HsmException(reason, message, null);
    }

    private String message() {
        return String.valueOf(getMessage());
    }

    public static HsmException argumentInvalid(String message) {
        return of(Reason.ARGUMENT_INVALID, message);
    }

    public static HsmException moduleNotInitialized(String message) {
        return of(Reason.MODULE_NOT_INITIALIZED, message);
    }

    public static HsmException moduleAlreadyInitialized(String message) {
        return of(Reason.MODULE_ALREADY_INITIALIZED, message);
    }

    public static HsmException moduleNotActivated(String message) {
        return of(Reason.MODULE_NOT_ACTIVATED, message);
    }

    public static HsmException moduleLocked(String message) {
        return of(Reason.MODULE_LOCKED, message);
    }

    public static HsmException moduleStateWrong(String message) {
        return of(Reason.MODULE_STATE_WRONG, message);
    }

    public static HsmException moduleInError(String message) {
        return of(Reason.MODULE_IN_ERROR, message);
    }

    public static HsmException moduleZeroized(String message) {
        return of(Reason.MODULE_ZEROIZED, message);
    }

    public static HsmException moduleInUse(String message) {
        return of(Reason.MODULE_IN_USE, message);
    }

    public static HsmException unlockRefused(String message) {
        return of(Reason.UNLOCK_REFUSED, message);
    }

    public static HsmException pinIncorrect(String message) {
        return of(Reason.PIN_INCORRECT, message);
    }

    public static HsmException pinInvalid(String message) {
        return of(Reason.PIN_INVALID, message);
    }

    public static HsmException userLocked(String message) {
        return of(Reason.USER_LOCKED, message);
    }

    public static HsmException userNotFound(String message) {
        return of(Reason.USER_NOT_FOUND, message);
    }

    public static HsmException userExists(String message) {
        return of(Reason.USER_EXISTS, message);
    }

    public static HsmException userNameInvalid(String message) {
        return of(Reason.USER_NAME_INVALID, message);
    }

    public static HsmException userInUse(String message) {
        return of(Reason.USER_IN_USE, message);
    }

    public static HsmException roleNotPermitted(String message) {
        return of(Reason.ROLE_NOT_PERMITTED, message);
    }

    public static HsmException sessionClosed(String message) {
        return of(Reason.SESSION_CLOSED, message);
    }

    public static HsmException operationFinished(String message) {
        return of(Reason.OPERATION_FINISHED, message);
    }

    public static HsmException keyNotFound(String message) {
        return of(Reason.KEY_NOT_FOUND, message);
    }

    public static HsmException keyAmbiguous(String message) {
        return of(Reason.KEY_AMBIGUOUS, message);
    }

    public static HsmException keyNotOwned(String message) {
        return of(Reason.KEY_NOT_OWNED, message);
    }

    public static HsmException keyFunctionNotPermitted(String message) {
        return of(Reason.KEY_FUNCTION_NOT_PERMITTED, message);
    }

    public static HsmException keyTypeInconsistent(String message) {
        return of(Reason.KEY_TYPE_INCONSISTENT, message);
    }

    public static HsmException keySizeRange(String message) {
        return of(Reason.KEY_SIZE_RANGE, message);
    }

    public static HsmException keyNotValidNow(String message) {
        return of(Reason.KEY_NOT_VALID_NOW, message);
    }

    public static HsmException keyUsageExhausted(String message) {
        return of(Reason.KEY_USAGE_EXHAUSTED, message);
    }

    public static HsmException keyUnextractable(String message) {
        return of(Reason.KEY_UNEXTRACTABLE, message);
    }

    public static HsmException wrappingKeyNotTrusted(String message) {
        return of(Reason.WRAPPING_KEY_NOT_TRUSTED, message);
    }

    public static HsmException keyNotDestroyable(String message) {
        return of(Reason.KEY_NOT_DESTROYABLE, message);
    }

    public static HsmException mechanismInvalid(String message) {
        return of(Reason.MECHANISM_INVALID, message);
    }

    public static HsmException mechanismNotAllowed(String message) {
        return of(Reason.MECHANISM_NOT_ALLOWED, message);
    }

    public static HsmException mechanismParameterInvalid(String message) {
        return of(Reason.MECHANISM_PARAMETER_INVALID, message);
    }

    public static HsmException attributeReadOnly(String message) {
        return of(Reason.ATTRIBUTE_READ_ONLY, message);
    }

    public static HsmException attributeTypeInvalid(String message) {
        return of(Reason.ATTRIBUTE_TYPE_INVALID, message);
    }

    public static HsmException attributeValueInvalid(String message) {
        return of(Reason.ATTRIBUTE_VALUE_INVALID, message);
    }

    public static HsmException templateIncomplete(String message) {
        return of(Reason.TEMPLATE_INCOMPLETE, message);
    }

    public static HsmException templateInconsistent(String message) {
        return of(Reason.TEMPLATE_INCONSISTENT, message);
    }

    public static HsmException dataLengthRange(String message) {
        return of(Reason.DATA_LENGTH_RANGE, message);
    }

    public static HsmException dataInvalid(String message) {
        return of(Reason.DATA_INVALID, message);
    }

    public static HsmException encryptedDataInvalid(String message) {
        return of(Reason.ENCRYPTED_DATA_INVALID, message);
    }

    public static HsmException wrappedKeyInvalid(String message) {
        return of(Reason.WRAPPED_KEY_INVALID, message);
    }

    public static HsmException storeTampered(String message) {
        return of(Reason.STORE_TAMPERED, message);
    }

    public static HsmException storeUnavailable(String message) {
        return of(Reason.STORE_UNAVAILABLE, message);
    }

    public static HsmException storeVersionUnsupported(String message) {
        return of(Reason.STORE_VERSION_UNSUPPORTED, message);
    }

    public static HsmException auditTampered(String message) {
        return of(Reason.AUDIT_TAMPERED, message);
    }

    public static HsmException auditUnavailable(String message) {
        return of(Reason.AUDIT_UNAVAILABLE, message);
    }

    public static HsmException serviceUnavailable(String message) {
        return of(Reason.SERVICE_UNAVAILABLE, message);
    }

    public static HsmException serviceRefused(String message) {
        return of(Reason.SERVICE_REFUSED, message);
    }

    public static HsmException selfTestFailed(String message) {
        return of(Reason.SELF_TEST_FAILED, message);
    }

    public static HsmException internal(String message) {
        return of(Reason.INTERNAL, message);
    }
}
