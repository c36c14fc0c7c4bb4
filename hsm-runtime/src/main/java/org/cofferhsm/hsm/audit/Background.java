package org.cofferhsm.hsm.audit;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;

/** The log's own threads. They start when there is something to do, and never keep a process alive. */
final class Background {

    private Background() {}

    /** A thread of its own; what is asked of it after its end is not done, since by then nothing is left to do. */
    static ScheduledExecutorService thread() {
        return new ScheduledThreadPoolExecutor(1, Background::daemon, new DiscardPolicy());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "coffer-audit");
        thread.setDaemon(true);
        return thread;
    }
}
