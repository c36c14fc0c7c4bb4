package org.cofferhsm.signtool.commandline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cofferhsm.signtool.commandline.CommandLines;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.Verb;

/** What {@code /?} shows. */
final class Help {

    private static final int COLUMN = 26;

    private Help() {}

    /** Further behind, {@code /h} may be the value of an option; only as the first word or right behind the verb it is a question. */
    static boolean isAskedFor(List<String> arguments) {
        return CommandLines.asksForHelp(arguments.subList(0, 1))
                || arguments.size() > 1 && CommandLines.asksForHelp(arguments.subList(1, 2));
    }

    static List<String> of(List<String> arguments) {
        Optional<Verb> verb = arguments.isEmpty() ? Optional.empty() : Verb.named(arguments.get(0));
        return verb.map(Help::of).orElseGet(Help::overview);
    }

    private static List<String> overview() {
        List<String> lines = new ArrayList<>();
        lines.add("Usage: coffer signtool <command> [options]");
        lines.add("");
        lines.add("    Valid commands:");
        for (Verb verb : Verb.values()) {
            lines.add(String.format(Locale.ROOT, "        %-10s --  %s", verb.word(), summary(verb)));
        }
        lines.add("");
        lines.add(
                "For help on a command, enter \"coffer signtool <command> /?\"; @FILE takes the arguments from a file.");
        return lines;
    }

    private static String summary(Verb verb) {
        return switch (verb) {
            case SIGN -> "Sign files using a key in the module.";
            case TIMESTAMP -> "Timestamp previously-signed files.";
            case VERIFY -> "Verify embedded signatures.";
            case REMOVE -> "Remove embedded signature(s) or reduce their size.";
            case HISTORY -> "Tell from the audit log who signed a file (admins and auditors).";
        };
    }

    private static List<String> of(Verb verb) {
        List<String> lines = new ArrayList<>();
        lines.add("Usage: coffer signtool " + verb.word() + " [options] <filename(s)>");
        lines.add("");
        lines.add(summary(verb));
        lines.add("");
        for (Option option : Option.under(verb)) {
            String left = "    " + option.spelling() + " <value>".repeat(option.parameters());
            lines.add(String.format(Locale.ROOT, "%-" + COLUMN + "s  %s", left, Meanings.of(option)));
        }
        return lines;
    }
}
