package org.cofferhsm.hsm.error;

/**
 * Why the module refused or failed: the stable, documented name that scripts and adapters may rely on.
 *
 * <p>Each interface maps a reason to its own code (CKR_*, JCE exception, exit status) at its edge.
 */
public enum Reason {
    /** An argument is outside what the call accepts. */
    ARGUMENT_INVALID,
    /** The directory holds no module yet. */
    MODULE_NOT_INITIALIZED,
    /** The directory holds a module already. */
    MODULE_ALREADY_INITIALIZED,
    /** The module's first admin has not been activated. */
    MODULE_NOT_ACTIVATED,
    /** The module has to be unlocked first. */
    MODULE_LOCKED,
    /** The module is not locked, or not in the state the call needs. */
    MODULE_STATE_WRONG,
    /** A self-test or an integrity check failed; nothing is output until an admin has looked. */
    MODULE_IN_ERROR,
    /** The module's keys were destroyed. */
    MODULE_ZEROIZED,
    /** Another process owns the module. */
    MODULE_IN_USE(true),
    /** The key file, passphrase or share does not open this module. */
    UNLOCK_REFUSED,
    /** The user name or the PIN is wrong. */
    PIN_INCORRECT,
    /** A new PIN does not satisfy the PIN rules. */
    PIN_INVALID,
    /** Too many wrong PINs; an admin has to reset the user. */
    USER_LOCKED,
    /** No such user. */
    USER_NOT_FOUND,
    /** A user of that name exists. */
    USER_EXISTS,
    /** A user name does not satisfy the rules for names. */
    USER_NAME_INVALID,
    /** The user cannot be removed: it is the last admin, or it owns keys. */
    USER_IN_USE,
    /** The user's role does not permit the operation. */
    ROLE_NOT_PERMITTED,
    /** The session was closed. */
    SESSION_CLOSED,
    /** A multi-part operation was used after its end. */
    OPERATION_FINISHED,
    /** No such object for this user. */
    KEY_NOT_FOUND,
    /** The label or filter matches several objects. */
    KEY_AMBIGUOUS,
    /** The user may use the key but does not own it. */
    KEY_NOT_OWNED,
    /** The key's attributes do not permit this use. */
    KEY_FUNCTION_NOT_PERMITTED,
    /** The key's type does not fit the mechanism. */
    KEY_TYPE_INCONSISTENT,
    /** The key's size is outside what the mechanism accepts. */
    KEY_SIZE_RANGE,
    /** The key is outside its validity dates. */
    KEY_NOT_VALID_NOW,
    /** The key's usage limit is reached. */
    KEY_USAGE_EXHAUSTED,
    /** The key may not leave the module in this way. */
    KEY_UNEXTRACTABLE,
    /** The key may be wrapped only under a trusted key. */
    WRAPPING_KEY_NOT_TRUSTED,
    /** The key may not be destroyed. */
    KEY_NOT_DESTROYABLE,
    /** The mechanism is unknown, or does not support the operation. */
    MECHANISM_INVALID,
    /** The key does not allow this mechanism. */
    MECHANISM_NOT_ALLOWED,
    /** A mechanism's parameter (IV, tag length, salt length …) is wrong. */
    MECHANISM_PARAMETER_INVALID,
    /** An attribute may not be changed, or not in this direction. */
    ATTRIBUTE_READ_ONLY,
    /** An attribute is not known, or does not belong to this class of object. */
    ATTRIBUTE_TYPE_INVALID,
    /** An attribute's value is outside its range. */
    ATTRIBUTE_VALUE_INVALID,
    /** A template lacks what the operation needs. */
    TEMPLATE_INCOMPLETE,
    /** A template contradicts itself, the mechanism or an unwrap template. */
    TEMPLATE_INCONSISTENT,
    /** The data's length does not fit the mechanism or the key. */
    DATA_LENGTH_RANGE,
    /** The data is not what the mechanism expects. */
    DATA_INVALID,
    /** The ciphertext, tag or padding is not authentic. */
    ENCRYPTED_DATA_INVALID,
    /** A wrapped key is not authentic or not a key of the stated type. */
    WRAPPED_KEY_INVALID,
    /** What is stored was altered, lost, added or rolled back outside the module. */
    STORE_TAMPERED,
    /** The store cannot be read or written now. */
    STORE_UNAVAILABLE(true),
    /** The store was written by a newer or unknown version. */
    STORE_VERSION_UNSUPPORTED,
    /** The audit log was altered outside the module. */
    AUDIT_TAMPERED,
    /** The audit log cannot be written; the operation was not done. */
    AUDIT_UNAVAILABLE(true),
    /** The service that owns the module does not answer, or has no room now; what was asked may have been done. */
    SERVICE_UNAVAILABLE(true),
    /** The service does not let this program in: its user, its version, or what it asked for. */
    SERVICE_REFUSED,
    /** A self-test failed: the algorithm does not give the known answer. */
    SELF_TEST_FAILED,
    /** A defect of the runtime or of a crypto engine. */
    INTERNAL;

    private final boolean retryHelps;

    Reason() {
        this(false);
    }

    Reason(boolean retryHelps) {
        this.retryHelps = retryHelps;
    }

    /** Whether the same call may succeed later without anybody changing anything in the module. */
    public boolean retryHelps() {
        return retryHelps;
    }
}
