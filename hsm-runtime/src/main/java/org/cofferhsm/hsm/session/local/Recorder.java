package org.cofferhsm.hsm.session.local;

import java.util.function.Supplier;
import org.cofferhsm.hsm.audit.AuditEvent;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.Right;

/**
 * Decide, do, record: the one place where an operation meets the audit log. What the operation's work decides and does
 * is recorded before its result is released, and so is every refusal.
 */
public final class Recorder {

    private final AuditLog audit;
    private final ModuleCondition condition;

    public Recorder(AuditLog audit, ModuleCondition condition) {
        this.audit = audit;
        this.condition = condition;
    }

    /** A use: its record is written before the result is released. */
    <T> T use(Call call, Supplier<T> work) {
        T result = change(call, work);
        audit.record(call.done());
        return result;
    }

    /** A change: the journal has recorded it when {@code work} returns; only a refusal is recorded here. */
    <T> T change(Call call, Supplier<T> work) {
        condition.requireOperational();
        try {
            return work.get();
        } catch (HsmException refusal) {
            audit.record(call.refused(refusal.reason().name(), String.valueOf(refusal.getMessage())));
            if (refusal.reason() == Reason.SELF_TEST_FAILED) {
                condition.fail(refusal);
            }
            throw refusal;
        } catch (RuntimeException defect) { // an engine's own exceptions end here
            audit.record(call.refused(Reason.INTERNAL.name(), defect.getClass().getName()));
            throw HsmException.internal("the operation " + call.operation() + " failed in the engine ("
                            + defect.getClass().getSimpleName() + "); nothing was changed")
                    .causedBy(defect);
        }
    }

    /** A user's own words; a refusal is recorded like any other. */
    void note(Caller caller, String subject, String text) {
        Call call = Call.of(caller, "note", "");
        AuditEvent event = change(call, () -> {
            Right.USE_KEYS.require(caller);
            return new Note(subject, text).by(caller);
        });
        audit.record(event);
    }

    void requireOperational() {
        condition.requireOperational();
    }
}
