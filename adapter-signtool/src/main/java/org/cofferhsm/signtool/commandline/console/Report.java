package org.cofferhsm.signtool.commandline.console;

/** The end of a command: counts or the JSON answer, and the exit status. */
public record Report(Console console, Tally tally) {

    /** Prints and gives the exit status. */
    public int finish() {
        if (console.isJson()) {
            console.answer(Json.of(tally.facts()));
        } else {
            console.print(tally.summary(console.isVerbose()));
        }
        return tally.exitStatus();
    }
}
