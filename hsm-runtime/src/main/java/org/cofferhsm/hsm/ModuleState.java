package org.cofferhsm.hsm;

/** The states of a module. */
public enum ModuleState {
    /** The directory holds no module. */
    UNINITIALIZED,
    /** The module is there; its keys are sealed. */
    LOCKED,
    /** Users may log in. */
    OPERATIONAL,
    /** A self-test or an integrity check failed; nothing is output until an admin has looked. */
    ERROR,
    /** The keys were destroyed. */
    ZEROIZED
}
