package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.error.HsmException;

/** Whether a multi-part operation still goes on; a failed or finished one takes no more. */
final class Progress {

    private final Runnable requireOpen;
    private boolean ended;

    Progress(SessionLife life) {
        this(life::requireOpen);
    }

    /** {@code requireOpen} complains when nothing may go on any more. */
    Progress(Runnable requireOpen) {
        this.requireOpen = requireOpen;
    }

    void requireGoingOn() {
        requireOpen.run();
        if (ended) {
            throw HsmException.operationFinished("this operation has ended; start another");
        }
    }

    void end() {
        requireGoingOn();
        ended = true;
    }

    void abandon() {
        ended = true;
    }
}
