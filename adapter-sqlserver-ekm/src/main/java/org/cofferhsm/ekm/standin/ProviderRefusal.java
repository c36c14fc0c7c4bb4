package org.cofferhsm.ekm.standin;

import org.cofferhsm.ekm.EkmStatus;

/** A provider's function returned something else than success. */
public final class ProviderRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;

    public ProviderRefusal(int code) {
        super("Provider error code: " + Integer.toUnsignedString(code) + " ("
                + EkmStatus.ofCode(code).map(EkmStatus::name).orElse("unknown") + ")");
        this.code = code;
    }

    /** What the function returned. */
    public int code() {
        return code;
    }

    boolean is(EkmStatus status) {
        return code == status.code();
    }
}
