package org.cofferhsm.signtool.commandline.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.console.ExitStatus;
import org.cofferhsm.signtool.commandline.console.Json;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.commandline.console.Tally;

/**
 * Why a command as a whole was not run. For programs ({@code --json}) it has the form of a run over no files.
 *
 * @param arguments of the command, which may not even be understood
 */
record Complaint(Terminal terminal, List<String> arguments) {

    /** Says it in SignTool's form; gives the exit status. */
    int say(String reason, String message) {
        terminal.err().println(Line.error(message).text());
        return answer(reason, message);
    }

    /** For programs only, where the lines were printed already. */
    int answer(String reason, String message) {
        if (arguments.contains(Option.JSON.spelling())) {
            Map<String, Object> facts = new TreeMap<>(new Tally("", true).facts());
            facts.putAll(Map.of("exit_status", ExitStatus.FAILED, "reason", reason, "message", message));
            terminal.out().println(Json.of(facts));
        }
        return ExitStatus.FAILED;
    }
}
