package org.cofferhsm.hsm.store;

import java.io.IOException;
import java.nio.file.Path;

/** A process that asks again and again who owns a module, until its input ends. */
final class AskingProgram {

    private AskingProgram() {}

    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        Thread asking = new Thread(() -> ask(home));
        asking.setDaemon(true);
        asking.start();
        System.out.println("asking");
        while (System.in.read() >= 0) {
            // until the parent closes the pipe
        }
    }

    private static void ask(Path home) {
        while (true) {
            ModuleLock.ownerOf(home);
        }
    }
}
