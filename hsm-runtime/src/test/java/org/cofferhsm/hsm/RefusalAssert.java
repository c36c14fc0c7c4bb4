package org.cofferhsm.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;

/** Says that a call is refused for a reason, with a message worth reading. */
public final class RefusalAssert {

    private RefusalAssert() {}

    public static HsmException assertRefused(Reason reason, ThrowingCallable call) {
        HsmException refusal = catchThrowableOfType(HsmException.class, call);
        assertThat(refusal).as("a refusal by %s", reason).isNotNull();
        assertThat(refusal.reason()).as("%s", refusal.getMessage()).isEqualTo(reason);
        assertThat(refusal.getMessage()).hasSizeGreaterThan(20);
        return refusal;
    }
}
