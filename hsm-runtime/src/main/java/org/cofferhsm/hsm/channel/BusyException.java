package org.cofferhsm.hsm.channel;

/** A limit is reached; the message says which. */
final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BusyException(String message) {
        super(message);
    }
}
