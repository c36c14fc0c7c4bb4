package org.cofferhsm.hsm.cryptoki;

/** The module refused a call. */
public final class CryptokiException extends RuntimeException {

    private final long returnValue;

    CryptokiException(CryptokiCall call, long returnValue) {
        super(call + " gave " + ReturnValue.nameOf(returnValue));
        this.returnValue = returnValue;
    }

    /** The CKR_* number. */
    public long returnValue() {
        return returnValue;
    }

    /** What happened, in the words of the standard. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
