package org.cofferhsm.signtool.timestamp;

import org.cofferhsm.hsm.error.HsmException;

/** No timestamp was had that may be believed. The message is SignTool's; why is in {@link #reason}, for {@code /debug}. */
public final class TimestampException extends Exception {

    /** What SignTool says, whatever went wrong. */
    public static final String SIGNTOOL_MESSAGE =
            "The specified timestamp server either could not be reached or returned an invalid response.";

    private static final long serialVersionUID = 1L;

    private final String reason;

    TimestampException(String reason) {
        super(SIGNTOOL_MESSAGE);
        this.reason = reason;
    }

    TimestampException(String reason, Throwable cause) {
        super(SIGNTOOL_MESSAGE, cause);
        this.reason = reason;
    }

    static TimestampException malformed(HsmException refusal) {
        return new TimestampException(String.valueOf(refusal.getMessage()), refusal);
    }

    /** What went wrong: one sentence without a full stop. */
    public String reason() {
        return reason;
    }
}
