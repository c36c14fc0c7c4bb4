package org.cofferhsm.hsm.audit;

/** Bytes of a log that are not what the format says; the message says what is wrong with them. */
final class MalformedRecordException extends Exception {

    MalformedRecordException(String message) {
        super(message);
    }
}
