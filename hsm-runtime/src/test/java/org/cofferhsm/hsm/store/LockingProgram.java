package org.cofferhsm.hsm.store;

import java.io.IOException;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;

/** A process that takes a module and keeps it until its input ends. */
final class LockingProgram {

    private LockingProgram() {}

    public static void main(String[] arguments) throws IOException {
        try (ModuleLock lock = ModuleLock.acquire(Path.of(arguments[0]))) {
            System.out.println("locked " + lock.home());
            while (System.in.read() >= 0) {
                // until the parent closes the pipe
            }
        } catch (HsmException e) {
            System.out.println(e.reason() + " " + e.getMessage());
        }
    }
}
