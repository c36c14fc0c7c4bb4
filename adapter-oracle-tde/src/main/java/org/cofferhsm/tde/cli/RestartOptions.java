package org.cofferhsm.tde.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.tde.preflight.Restart;

/** Who restarts the service in the middle: a command, somebody at the terminal, or nobody. */
final class RestartOptions {

    private static final String COMMAND = "restart-command";
    private static final String NONE = "no-restart";

    private RestartOptions() {}

    static void declare(OptionSet options) {
        options.value(COMMAND, "COMMAND", "restarts the service in the middle, by the shell; else somebody is asked to")
                .flag(NONE, "leave the service alone");
    }

    static Restart of(Invocation invocation) {
        if (invocation.has(NONE)) {
            return Restart.none();
        }
        return invocation.find(COMMAND).map(RestartOptions::byCommand).orElse(() -> byHand(invocation));
    }

    private static Restart byCommand(String command) {
        return () -> {
            try {
                int status = new ProcessBuilder("/bin/sh", "-c", command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                return status == 0
                        ? Restart.Outcome.done("by " + command)
                        : Restart.Outcome.failed(command + " ended with status " + status);
            } catch (IOException e) {
                return Restart.Outcome.failed(command + " cannot be run: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Restart.Outcome.failed("waiting for " + command + " was interrupted");
            }
        };
    }

    private static Restart.Outcome byHand(Invocation invocation) {
        Optional<char[]> answer = invocation
                .terminal()
                .askSecret("Restart the Coffer service now (systemctl restart coffer), then press Enter: ");
        answer.ifPresent(typed -> Arrays.fill(typed, '\0'));
        return answer.isPresent() ? Restart.Outcome.done("by hand") : Restart.Outcome.nobody();
    }
}
