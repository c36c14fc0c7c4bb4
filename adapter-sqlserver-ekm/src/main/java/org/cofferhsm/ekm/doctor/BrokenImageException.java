package org.cofferhsm.ekm.doctor;

/** A file that is no library, or a damaged one. */
final class BrokenImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenImageException(String message) {
        super(message);
    }
}
