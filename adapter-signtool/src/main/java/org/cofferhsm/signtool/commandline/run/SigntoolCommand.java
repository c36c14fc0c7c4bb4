package org.cofferhsm.signtool.commandline.run;

import java.time.Clock;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.signtool.commandline.CommandLines;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.ExitStatus;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.edit.RemoveVerb;
import org.cofferhsm.signtool.commandline.edit.TimestampVerb;
import org.cofferhsm.signtool.commandline.history.HistoryVerb;
import org.cofferhsm.signtool.commandline.select.CertificateChoice;
import org.cofferhsm.signtool.commandline.sign.SignVerb;
import org.cofferhsm.signtool.commandline.verify.VerifyVerb;

/** {@code coffer signtool}: SignTool's command line, its keys in the module. */
public final class SigntoolCommand implements Command {

    @Override
    public List<String> name() {
        return List.of("signtool");
    }

    @Override
    public String summary() {
        return "Sign and verify programs with SignTool's command line: sign, verify, timestamp, remove, history";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        CommandLines lines = new CommandLines(terminal.workingDirectory());
        try {
            int status = ExitStatus.DONE;
            for (List<String> command : lines.split(arguments)) {
                status = ExitStatus.worse(status, runOne(command, lines, terminal));
            }
            return status;
        } catch (SignToolException e) { // the response file
            return complain(new Complaint(terminal, arguments), e);
        }
    }

    private static int runOne(List<String> arguments, CommandLines lines, Terminal terminal) {
        if (arguments.isEmpty() || Help.isAskedFor(arguments)) {
            Help.of(arguments).forEach(terminal.out()::println);
            return arguments.isEmpty() ? ExitStatus.FAILED : ExitStatus.DONE;
        }
        Complaint complaint = new Complaint(terminal, arguments);
        try {
            ParsedCommand command = lines.parse(arguments);
            return run(command, complaint);
        } catch (SignToolException e) {
            return complain(complaint, e);
        } catch (HsmException e) {
            return complaint.say(e.reason().name(), e.getMessage() + " [" + e.reason() + "]");
        }
    }

    private static int complain(Complaint complaint, SignToolException e) {
        return complaint.say(Failure.reason(e), String.valueOf(e.getMessage()));
    }

    private static int run(ParsedCommand command, Complaint complaint) {
        Console console = new Console(complaint.terminal(), command);
        Surroundings surroundings = new Surroundings(complaint.terminal(), Clock.systemUTC());
        try {
            return switch (command.verb()) {
                case SIGN -> new SignVerb(command, surroundings, console).run();
                case VERIFY -> new VerifyVerb(command, surroundings, console).run();
                case TIMESTAMP -> new TimestampVerb(command, surroundings, console).run();
                case REMOVE -> new RemoveVerb(command, surroundings, console).run();
                case HISTORY -> new HistoryVerb(command, surroundings, console).run();
            };
        } catch (CertificateChoice.Refused e) {
            console.print(e.lines());
            return complaint.answer("NO_CERTIFICATE", String.valueOf(e.getMessage()));
        }
    }
}
