package org.cofferhsm.signtool.commandline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * SignTool's command lines, from words to commands.
 *
 * @param workingDirectory where relative names start from
 */
public record CommandLines(Path workingDirectory) {

    /** The commands that these arguments mean: one, or those of a response file. */
    public List<List<String>> split(List<String> arguments) {
        return arguments.size() == 1 && arguments.get(0).startsWith("@")
                ? ResponseFile.commands(
                        workingDirectory.resolve(arguments.get(0).substring(1)))
                : List.of(arguments);
    }

    /** Whether somebody asks for help: {@code /?}, {@code -?}, {@code /h}, {@code -h}, {@code --help}. */
    public static boolean asksForHelp(List<String> arguments) {
        for (String word : arguments) {
            if (asksForHelp(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean asksForHelp(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "/?", "-?", "/h", "-h", "--help" -> true;
            default -> false;
        };
    }

    /** Understands one command. Complains by {@link SignToolException}. */
    public ParsedCommand parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new SignToolException("A required parameter is missing.");
        }
        String word = arguments.get(0);
        if (word.equalsIgnoreCase("catdb")) {
            throw new SignToolException("The catdb command works on Windows only: it changes a catalog database.");
        }
        Verb verb = Verb.named(word).orElseThrow(() -> new SignToolException("Invalid command: " + word));
        ParsedCommand command = CommandLineParser.parse(
                verb, arguments.subList(1, arguments.size()), name -> Files.exists(workingDirectory.resolve(name)));
        Incompatible.refuse(command);
        return command;
    }

    /** A file that an option or an argument names. */
    public Path path(String name) {
        return workingDirectory.resolve(name);
    }

    /** The command's files, wildcards expanded. */
    public List<Path> files(ParsedCommand command) {
        return new Wildcards(workingDirectory).expand(command.files());
    }
}
