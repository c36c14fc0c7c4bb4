package org.cofferhsm.hsm.seal;

import java.util.List;

/**
 * A few bytes outside the Java heap, protected as well as the operating system lets this process: kept out of swap, core
 * dumps and forked processes. Not safe for use by several threads; after {@link #close} it must not be used.
 */
sealed interface LockedMemory extends AutoCloseable permits LinuxPage, PlainMemory {

    String LOCKED = "locked memory";
    String SECRET = "secret memory";
    String NO_DUMP = "excluded from core dumps";
    String NO_FORK = "kept from forked processes";

    /** The best that this platform gives; never refuses to start. */
    static LockedMemory ofBytes(int count) {
        return OperatingSystem.linux()
                .map(linux -> LinuxPage.map(linux, count))
                .orElseGet(() -> new PlainMemory(count, OperatingSystem.absence()));
    }

    void write(byte[] bytes);

    void read(byte[] target);

    /** What is in force, and what was refused. */
    List<Protection> protections();

    /** Wipes the bytes and gives the memory back. */
    @Override
    void close();
}
