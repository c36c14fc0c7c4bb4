package org.cofferhsm.tde.preflight;

/** What a child process says, or what is seen of it. */
sealed interface Event {

    record Began(Check check) implements Event {}

    record Passed(Check check, String text) implements Event {}

    record Failed(Check check, String text) implements Event {}

    /** It waits until it is told to go on. */
    record Paused() implements Event {}

    /** It saw what a key encrypted. */
    record Saw(Witness witness) implements Event {}

    /** It is gone: an exit status, more than 128 by a signal. */
    record Ended(int status) implements Event {}

    /** It said nothing for too long. */
    record Silent() implements Event {}
}
