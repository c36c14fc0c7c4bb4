package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.jspecify.annotations.Nullable;

/** Whether the module serves: asked before each call, and turned off for good by a failure. */
public final class ModuleCondition {

    private volatile @Nullable HsmException refusal;

    /** Complains when the module is locked, closed or in error. */
    void requireOperational() {
        HsmException current = refusal;
        if (current != null) {
            throw HsmException.of(current.reason(), String.valueOf(current.getMessage()));
        }
    }

    /** Whether a failure, not a lock, ended the service. */
    public boolean failed() {
        HsmException current = refusal;
        return current != null && current.reason() == Reason.MODULE_IN_ERROR;
    }

    /** No more calls: the module was locked or closed. */
    public void end(HsmException why) {
        if (!failed()) {
            refusal = why;
        }
    }

    /** No more output until the module is opened again: something is wrong that a caller cannot mend. */
    public void fail(HsmException cause) {
        refusal = HsmException.moduleInError("the module stopped serving: " + cause.getMessage()
                        + "; look at coffer status and the audit log, then open it again")
                .causedBy(cause);
    }
}
