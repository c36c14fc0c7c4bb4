package org.cofferhsm.hsm.audit;

/** What stands at a place of a segment where a record may start. */
sealed interface Slot permits Frame, Gap {

    /** The place, in bytes from the start of the file. */
    long offset();
}
