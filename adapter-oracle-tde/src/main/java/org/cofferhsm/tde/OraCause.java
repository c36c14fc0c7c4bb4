package org.cofferhsm.tde;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;

/**
 * What an Oracle DBA would call a failure: the ORA- number that Oracle Database gives for the same state of affairs, in
 * our words. Every message of this adapter that has such a number carries it at its end, by {@link #refusal} or
 * {@link #explained}.
 */
public enum OraCause {
    /** Another process, or another connection, has the file of a database. */
    FILE_IN_USE(1157, Reason.STORE_UNAVAILABLE, "cannot lock the data file"),
    /** A page is not what was written to it last. */
    BLOCK_CORRUPTED(1578, Reason.DATA_INVALID, "data block corrupted"),
    /** A file of a database cannot be read or written: no room, no rights, a bad disk. */
    FILE_ERROR(27072, Reason.STORE_UNAVAILABLE, "file I/O error"),
    /** The library took Oracle's process with it. */
    PROCESS_CRASHED(7445, Reason.INTERNAL, "the process was ended by an exception in the library"),
    /** Wrong PIN, or the module, its service or a master key in use is not there. */
    KEYSTORE_NOT_OPENED(28353, Reason.PIN_INCORRECT, "failed to open the keystore"),
    KEYSTORE_ALREADY_OPEN(28354, Reason.MODULE_STATE_WRONG, "the keystore is already open"),
    MASTER_KEY_NOT_FOUND(28362, Reason.KEY_NOT_FOUND, "master key not found"),
    KEYSTORE_NOT_OPEN(28365, Reason.MODULE_STATE_WRONG, "the keystore is not open"),
    KEYSTORE_MISSING(28367, Reason.MODULE_NOT_INITIALIZED, "the keystore does not exist"),
    /** A tablespace names a master key that this keystore or this container does not have. */
    TYPED_MASTER_KEY_NOT_FOUND(28374, Reason.KEY_NOT_FOUND, "typed master key not found in the keystore"),
    LIBRARY_NOT_FOUND(28376, Reason.SERVICE_UNAVAILABLE, "PKCS#11 library not found"),
    CLOSE_REFUSED(28391, Reason.PIN_INCORRECT, "the keystore cannot be closed: password mismatch"),
    REWRAP_FAILED(28396, Reason.WRAPPED_KEY_INVALID, "an encryption key could not be re-wrapped"),
    KEYS_IN_HSM(28414, Reason.ARGUMENT_INVALID, "the keys are in the HSM, the configuration says otherwise"),
    KEYS_IN_WALLET(28415, Reason.ARGUMENT_INVALID, "the keys are in a file, the configuration says otherwise"),
    PASSWORD_KEYSTORE_NOT_OPEN(28417, Reason.MODULE_STATE_WRONG, "the password-based keystore is not open"),
    MIGRATION_REFUSED(46623, Reason.ARGUMENT_INVALID, "the keystore cannot be migrated so"),
    PASSWORD_MISMATCH(46627, Reason.PIN_INCORRECT, "keystore password mismatch"),
    ROOT_NOT_OPEN(46658, Reason.MODULE_STATE_WRONG, "the keystore is not open in the container"),
    CONTAINER_KEYS_NOT_FOUND(46659, Reason.KEY_NOT_FOUND, "no master keys for this container"),
    KEYS_NOT_EXPORTED(46680, Reason.ARGUMENT_INVALID, "the container's master keys have to be exported"),
    WALLET_ROOT_MISSING(46693, Reason.ARGUMENT_INVALID, "WALLET_ROOT is missing or invalid"),
    KEY_OF_ANOTHER_CONTAINER(46696, Reason.KEY_NOT_OWNED, "the master key is in use by another container"),
    LIBRARY_PATH_INVALID(46707, Reason.ARGUMENT_INVALID, "the PKCS#11 library's location is invalid");

    private static final Pattern BORNE = Pattern.compile("\\((ORA|OCI)-[0-9]{5}: ");

    private final int number;
    private final Reason reason;
    private final String words;

    OraCause(int number, Reason reason, String words) {
        this.number = number;
        this.reason = reason;
        this.words = words;
    }

    /** The number as Oracle writes it, such as {@code ORA-28365} or {@code ORA-07445}. */
    public String code() {
        return String.format(Locale.ROOT, "%s-%05d", this == LIBRARY_PATH_INVALID ? "OCI" : "ORA", number);
    }

    /** Number and words, such as {@code ORA-28365: the keystore is not open}. */
    @Override
    public String toString() {
        return code() + ": " + words;
    }

    /**
     * A refusal for this cause.
     *
     * @param message what happened, to what, what to do
     */
    public HsmException refusal(String message) {
        return refusal(reason, message);
    }

    /** The same where the module knows a better reason than the usual one. */
    public HsmException refusal(Reason better, String message) {
        return HsmException.of(better, in(message));
    }

    /** A message with this cause at its end, for who throws something else. */
    public String in(String message) {
        return message + " (" + this + ")";
    }

    /** A refusal of the module in a DBA's terms: the same, with the number when its reason has one and it bears none. */
    public static HsmException explained(HsmException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return BORNE.matcher(message).find()
                ? refusal
                : of(refusal.reason())
                        .map(cause -> HsmException.of(refusal.reason(), cause.in(message))
                                .causedBy(refusal))
                        .orElse(refusal);
    }

    /** What a DBA sees when the module refuses for this reason. */
    public static Optional<OraCause> of(Reason reason) {
        return switch (reason) {
            case PIN_INCORRECT, USER_LOCKED, USER_NOT_FOUND, MODULE_LOCKED, MODULE_IN_ERROR, MODULE_ZEROIZED ->
                opening();
            case SERVICE_UNAVAILABLE, SERVICE_REFUSED, STORE_UNAVAILABLE, AUDIT_UNAVAILABLE -> opening();
            case MODULE_NOT_INITIALIZED -> Optional.of(KEYSTORE_MISSING);
            case KEY_NOT_FOUND -> Optional.of(MASTER_KEY_NOT_FOUND);
            case WRAPPED_KEY_INVALID -> Optional.of(REWRAP_FAILED);
            default -> Optional.empty();
        };
    }

    private static Optional<OraCause> opening() {
        return Optional.of(KEYSTORE_NOT_OPENED);
    }

    /** The cause of that number, when this adapter knows it. */
    public static Optional<OraCause> ofNumber(int number) {
        return Arrays.stream(values()).filter(cause -> cause.number == number).findFirst();
    }
}
