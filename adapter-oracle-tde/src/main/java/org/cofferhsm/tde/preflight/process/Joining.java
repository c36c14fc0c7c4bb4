package org.cofferhsm.tde.preflight.process;

import org.cofferhsm.tde.preflight.Check;
import org.cofferhsm.tde.preflight.Task;
import org.cofferhsm.tde.preflight.Witness;

/** A server process that comes while others work: it logs in and decrypts. */
record Joining(Task task, byte[] pin, Voice voice) {

    private static final int TIMES = 25;

    void play() {
        voice.step(Check.PROCESSES, () -> {
            Witness witness = Witness.parse(task.words().get(0));
            Wrapping wrapping = new Wrapping(Place.session(Place.load(task.library()), pin));
            for (int i = 0; i < TIMES; i++) {
                wrapping.confirm(witness, wrapping.find(witness.label()));
            }
            return TIMES + " times";
        });
    }
}
