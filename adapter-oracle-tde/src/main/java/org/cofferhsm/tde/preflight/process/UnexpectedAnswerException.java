package org.cofferhsm.tde.preflight.process;

/** The module answered without an error, and wrongly. */
final class UnexpectedAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnexpectedAnswerException(String message) {
        super(message);
    }
}
