package org.cofferhsm.hsm.spi;

/**
 * One product's part of {@code coffer quickstart}: real work on a fresh module, checked by a program that is not ours
 * where one is present. Found by {@link java.util.ServiceLoader}; run again on the same module, a step neither fails
 * nor overwrites.
 */
public interface QuickstartStep {

    /** The step's place among the others, from 1; they run in this order. */
    int order();

    /** The product, as its users call it. */
    String product();

    /** The crypto user that owns this step's keys: a short lower-case name. */
    String userName();

    /** Does the step; complains by {@link org.cofferhsm.hsm.error.HsmException}. */
    Outcome run(QuickstartContext context);

    /**
     * What came of a step.
     *
     * @param done what was done, in a few words
     * @param checkedBy the program or library that checked it
     * @param tryNext a command or file that the user might look at next
     */
    record Outcome(String done, String checkedBy, String tryNext) {}
}
