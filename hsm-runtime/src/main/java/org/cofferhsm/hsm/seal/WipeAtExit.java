package org.cofferhsm.hsm.seal;

/** Something to be wiped when the Java runtime ends in order, unless that was done before. */
final class WipeAtExit {

    private final Thread hook;

    private WipeAtExit(Thread hook) {
        this.hook = hook;
    }

    static WipeAtExit of(Runnable wipe) {
        Thread hook = new Thread(wipe, "coffer-wipe");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            return new WipeAtExit(hook); // the runtime is ending already; close() still wipes
        }
        return new WipeAtExit(hook);
    }

    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the runtime is ending, and the hook finds nothing left to do
        }
    }
}
