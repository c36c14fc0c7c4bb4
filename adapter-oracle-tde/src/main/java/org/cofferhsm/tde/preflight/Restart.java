package org.cofferhsm.tde.preflight;

/** How the service is restarted in the middle of a preflight. */
public interface Restart {

    /** Restarts it, or has it restarted. */
    Outcome run();

    /**
     * How that went.
     *
     * @param detail by whom, or why not
     */
    record Outcome(State state, String detail) {

        /** Whether the service was restarted. */
        public enum State {
            DONE,
            FAILED,
            /** Nobody was there to do it. */
            NOBODY
        }

        public static Outcome done(String detail) {
            return new Outcome(State.DONE, detail);
        }

        public static Outcome failed(String detail) {
            return new Outcome(State.FAILED, detail);
        }

        public static Outcome nobody() {
            return new Outcome(
                    State.NOBODY, "nobody restarted the service: give --restart-command, or run this in a terminal");
        }
    }

    /** Leaves the service alone. */
    static Restart none() {
        return Outcome::nobody;
    }
}
