package org.cofferhsm.signtool.format.msi;

/** A stream that shall be in the root of a compound file. */
record NewStream(String name, byte[] content) {

    boolean isMini() {
        return content.length < CompoundFile.MINI_CUTOFF;
    }
}
