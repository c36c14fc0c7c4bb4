package org.cofferhsm.ekm.standin;

/** A statement failed: the number of SQL Server's message, and in our own words what it says. */
public final class SqlError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int number;

    SqlError(int number, String text) {
        super("Msg " + number + ": " + text);
        this.number = number;
    }

    SqlError(int number, String text, ProviderRefusal cause) {
        super("Msg " + number + ": " + text + ". " + cause.getMessage(), cause);
        this.number = number;
    }

    /** SQL Server's number, 33049 for instance. */
    public int number() {
        return number;
    }

    /** What the provider returned, or 0 when it was not the provider's fault. */
    public int providerCode() {
        return getCause() instanceof ProviderRefusal refusal ? refusal.code() : 0;
    }
}
