package org.cofferhsm.signtool.tsa.cli;

/** A command line that means nothing. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
