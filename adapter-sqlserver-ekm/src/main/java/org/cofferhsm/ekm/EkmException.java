package org.cofferhsm.ekm;

import org.cofferhsm.hsm.error.HsmException;

/** A refusal as SQL Server is told it: a status, and a message for the operator's log. */
public final class EkmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final EkmStatus status;

    EkmException(EkmStatus status, String message) {
        super(message);
        this.status = status;
    }

    /** The module's refusal as SQL Server is told it. */
    static EkmException of(HsmException refusal) {
        EkmException told = EkmStatus.of(refusal.reason()).because(refusal.reason() + ": " + refusal.getMessage());
        told.initCause(refusal);
        return told;
    }

    /** The same where no credential was given: a login that is not good any more is no wrong credential. */
    static EkmException withoutCredential(HsmException refusal) {
        EkmException told = of(refusal);
        return told.status == EkmStatus.AUTH_FAILURE
                ? EkmStatus.SESSION_EXPIRED.because(String.valueOf(told.getMessage()))
                : told;
    }

    public EkmStatus status() {
        return status;
    }
}
