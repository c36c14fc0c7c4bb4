package org.cofferhsm.hsm.jce;

import java.io.IOException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.SignatureException;
import java.security.UnrecoverableKeyException;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.security.auth.login.AccountLockedException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;

/** The one place where a refusal of the module becomes an exception of the JCA: what it is depends on who asked. */
final class Failures {

    private Failures() {}

    /** What is wrong, as coarsely as the JCA sees it. */
    private enum Fault {
        KEY,
        PARAMETER,
        LENGTH,
        DATA,
        LOGIN,
        MODULE
    }

    private static Fault fault(Reason reason) {
        return switch (reason) {
            case KEY_NOT_FOUND,
                    KEY_AMBIGUOUS,
                    KEY_NOT_OWNED,
                    KEY_FUNCTION_NOT_PERMITTED,
                    KEY_TYPE_INCONSISTENT,
                    KEY_SIZE_RANGE,
                    KEY_NOT_VALID_NOW,
                    KEY_USAGE_EXHAUSTED,
                    KEY_UNEXTRACTABLE,
                    WRAPPING_KEY_NOT_TRUSTED,
                    KEY_NOT_DESTROYABLE,
                    MECHANISM_NOT_ALLOWED,
                    WRAPPED_KEY_INVALID -> Fault.KEY;
            case MECHANISM_INVALID,
                    MECHANISM_PARAMETER_INVALID,
                    ATTRIBUTE_READ_ONLY,
                    ATTRIBUTE_TYPE_INVALID,
                    ATTRIBUTE_VALUE_INVALID,
                    TEMPLATE_INCOMPLETE,
                    TEMPLATE_INCONSISTENT,
                    ARGUMENT_INVALID -> Fault.PARAMETER;
            case DATA_LENGTH_RANGE -> Fault.LENGTH;
            case DATA_INVALID, ENCRYPTED_DATA_INVALID -> Fault.DATA;
            case PIN_INCORRECT,
                    PIN_INVALID,
                    USER_LOCKED,
                    USER_NOT_FOUND,
                    USER_EXISTS,
                    USER_NAME_INVALID,
                    USER_IN_USE,
                    ROLE_NOT_PERMITTED,
                    SESSION_CLOSED,
                    UNLOCK_REFUSED -> Fault.LOGIN;
            case MODULE_NOT_INITIALIZED,
                    MODULE_ALREADY_INITIALIZED,
                    MODULE_NOT_ACTIVATED,
                    MODULE_LOCKED,
                    MODULE_STATE_WRONG,
                    MODULE_IN_ERROR,
                    MODULE_ZEROIZED,
                    MODULE_IN_USE,
                    SERVICE_UNAVAILABLE,
                    SERVICE_REFUSED,
                    OPERATION_FINISHED,
                    STORE_TAMPERED,
                    STORE_UNAVAILABLE,
                    STORE_VERSION_UNSUPPORTED,
                    AUDIT_TAMPERED,
                    AUDIT_UNAVAILABLE,
                    SELF_TEST_FAILED,
                    INTERNAL -> Fault.MODULE;
        };
    }

    private static boolean isOfCaller(HsmException e) {
        return switch (fault(e.reason())) {
            case KEY, PARAMETER, LENGTH, DATA -> true;
            case LOGIN, MODULE -> false;
        };
    }

    /** For {@code init} with a key. */
    static <T> T atInit(Supplier<T> call) throws InvalidKeyException, InvalidAlgorithmParameterException {
        try {
            return call.get();
        } catch (HsmException e) {
            if (fault(e.reason()) == Fault.KEY) {
                throw new InvalidKeyException(e.getMessage(), e);
            }
            if (isOfCaller(e)) {
                throw new InvalidAlgorithmParameterException(e.getMessage(), e);
            }
            throw module(e);
        }
    }

    /** For {@code init} and whatever else may complain about nothing but the key. */
    static <T> T withKey(Supplier<T> call) throws InvalidKeyException {
        try {
            return call.get();
        } catch (HsmException e) {
            if (isOfCaller(e)) {
                throw new InvalidKeyException(e.getMessage(), e);
            }
            throw module(e);
        }
    }

    /** For what comes after the {@code init} of a signature. */
    static <T> T signing(Supplier<T> call) throws SignatureException {
        try {
            return call.get();
        } catch (HsmException e) {
            if (isOfCaller(e)) {
                throw new SignatureException(e.getMessage(), e);
            }
            throw module(e);
        }
    }

    /** For what comes after the {@code init} of a cipher. */
    static byte[] ciphering(Supplier<byte[]> call) throws IllegalBlockSizeException, BadPaddingException {
        try {
            return call.get();
        } catch (HsmException e) {
            if (fault(e.reason()) == Fault.LENGTH) {
                throw because(e, new IllegalBlockSizeException(e.getMessage()));
            }
            if (fault(e.reason()) == Fault.DATA) {
                throw because(e, new BadPaddingException(e.getMessage()));
            }
            throw module(e);
        }
    }

    /** The same for authenticated decryption. */
    static byte[] opening(Supplier<byte[]> call) throws IllegalBlockSizeException, BadPaddingException {
        try {
            return ciphering(call);
        } catch (BadPaddingException e) {
            throw because(e, new AEADBadTagException(e.getMessage()));
        }
    }

    /** For calls that can throw nothing but a {@link ProviderException}. */
    static <T> T unchecked(Supplier<T> call) {
        try {
            return call.get();
        } catch (HsmException e) {
            throw module(e);
        }
    }

    /** For changes of a key store. */
    static <T> T storing(Supplier<T> call) throws KeyStoreException {
        try {
            return call.get();
        } catch (HsmException e) {
            throw new KeyStoreException(e.getMessage(), e);
        }
    }

    /** For reading a key from a key store. */
    static <T> T recovering(Supplier<T> call) throws UnrecoverableKeyException {
        try {
            return call.get();
        } catch (HsmException e) {
            throw because(e, new UnrecoverableKeyException(e.getMessage()));
        }
    }

    /** For loading a key store, where the cause says whether the password was wrong ({@code KeyStore.load}). */
    static void loading(Runnable call) throws IOException {
        try {
            call.run();
        } catch (HsmException e) {
            Throwable cause =
                    fault(e.reason()) == Fault.LOGIN ? because(e, new UnrecoverableKeyException(e.getMessage())) : e;
            throw new IOException(e.getMessage(), cause);
        }
    }

    /** For logging in and out. */
    static void loggingIn(Runnable call) throws LoginException {
        try {
            call.run();
        } catch (HsmException e) {
            throw because(
                    e,
                    switch (e.reason()) {
                        case USER_LOCKED -> new AccountLockedException(e.getMessage());
                        case PIN_INCORRECT, UNLOCK_REFUSED -> new FailedLoginException(e.getMessage());
                        default -> new LoginException(e.getMessage());
                    });
        }
    }

    private static ProviderException module(HsmException e) {
        return new ProviderException(e.getMessage(), e);
    }

    private static <T extends Throwable> T because(Throwable cause, T exception) {
        exception.initCause(cause);
        return exception;
    }
}
