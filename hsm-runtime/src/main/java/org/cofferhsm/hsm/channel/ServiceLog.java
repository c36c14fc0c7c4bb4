package org.cofferhsm.hsm.channel;

/** Where the service tells its operator what happened, one line each; never a secret. */
@FunctionalInterface
public interface ServiceLog {

    void line(String text);

    /** A failure with its causes, in one line. */
    default void failure(String what, Throwable failure) {
        StringBuilder text = new StringBuilder(what);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(": ").append(cause);
        }
        line(text.toString().replaceAll("\\R", " "));
    }
}
