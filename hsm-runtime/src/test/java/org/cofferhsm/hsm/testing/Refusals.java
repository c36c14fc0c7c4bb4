package org.cofferhsm.hsm.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;

/** Assertions on what the module refuses. */
public final class Refusals {

    private Refusals() {}

    /** That a call is refused for this reason; goes on with the exception. */
    public static AbstractThrowableAssert<?, HsmException> assertRefused(Reason reason, ThrowingCallable call) {
        HsmException refusal = catchThrowableOfType(HsmException.class, call);
        assertThat(refusal).as("a refusal for %s", reason).isNotNull();
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        return assertThat(refusal);
    }
}
