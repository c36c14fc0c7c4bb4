package org.cofferhsm.hsm.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.channel.ServiceLog;
import org.cofferhsm.hsm.command.Invocation;

/**
 * Tells systemd how the service is (sd_notify(3)), when it asked for that. The JDK has no datagram sockets of the Unix
 * domain, so systemd's own program speaks; the unit needs {@code NotifyAccess=all}.
 */
record SystemdNotice(Invocation invocation, ServiceLog log) {

    private static final long MOST_SECONDS = 5;

    void send(String state) {
        if (invocation.environment("NOTIFY_SOCKET").isPresent()) {
            run(state);
        }
    }

    private void run(String state) {
        try {
            Process program = new ProcessBuilder("systemd-notify", state)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!program.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || program.exitValue() != 0) {
                log.line("systemd-notify did not reach systemd with " + state);
            }
        } catch (IOException e) {
            log.failure("systemd was not told " + state, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
