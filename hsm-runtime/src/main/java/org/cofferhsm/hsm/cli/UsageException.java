package org.cofferhsm.hsm.cli;

/** The command line is not what the command takes; the message says what is wrong. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
