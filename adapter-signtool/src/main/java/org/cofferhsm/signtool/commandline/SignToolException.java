package org.cofferhsm.signtool.commandline;

/** A complaint in SignTool's words; the message is what follows {@code SignTool Error: }. */
public final class SignToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SignToolException(String message) {
        super(message);
    }

    public SignToolException(String message, Throwable cause) {
        super(message, cause);
    }
}
