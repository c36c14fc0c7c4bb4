package org.cofferhsm.hsm.store;

import java.io.IOException;

/** Sees what is about to be done to a file, and may fail instead. */
interface Disk {

    void write(long position, byte[] bytes) throws IOException;

    void truncate(long size) throws IOException;

    void force() throws IOException;
}
