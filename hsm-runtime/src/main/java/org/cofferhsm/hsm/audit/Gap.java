package org.cofferhsm.hsm.audit;

/**
 * No record.
 *
 * @param clean whether the length there is zero, as after the last record, or the file ends there
 */
record Gap(long offset, boolean clean) implements Slot {}
