package org.cofferhsm.signtool.format.pe;

/** A range of a file's bytes. */
record Range(long start, long size) {

    static final Range EMPTY = new Range(0, 0);

    long end() {
        return start + size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
