package org.cofferhsm.tde.h2;

/** Pages that lie one after the other. */
record PageRun(long first, int count) {}
