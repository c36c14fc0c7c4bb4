package org.cofferhsm.hsm.session.local;

/** Which of a user's PINs somebody has shown. */
enum WhichPin {
    /** The PIN as it is now. */
    PRESENT,
    /** The one before, which a change left good for a while. */
    OLD
}
