package org.cofferhsm.signtool.commandline;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * File names with {@code *} and {@code ?} in their last part, as SignTool expands them: without regard to case, and in
 * the order of their names.
 */
final class Wildcards {

    private final Path workingDirectory;

    /** @param workingDirectory where relative names start from */
    Wildcards(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** The files, each once. Complains where a name means no file. */
    List<Path> expand(List<String> names) {
        if (names.isEmpty()) {
            throw new SignToolException("Missing filename.");
        }
        Set<Path> files = new LinkedHashSet<>();
        for (String name : names) {
            files.addAll(expand(name));
        }
        return List.copyOf(files);
    }

    /** A name that no file has is left to whoever opens it, so that one missing file does not hide the others. */
    private List<Path> expand(String name) {
        Path path = path(name);
        if (Files.exists(path) || !name.matches(".*[*?][^/]*")) {
            return List.of(path);
        }
        List<Path> matches = matching(path);
        if (matches.isEmpty()) {
            throw new SignToolException("File not found: " + name);
        }
        return matches;
    }

    private static List<Path> matching(Path path) {
        Path directory = path.getParent();
        Pattern pattern = pattern(String.valueOf(path.getFileName()));
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                directory,
                entry ->
                        pattern.matcher(String.valueOf(entry.getFileName())).matches() && Files.isRegularFile(entry))) {
            entries.forEach(found::add);
        } catch (IOException e) {
            throw new SignToolException("There was an error opening the directory: " + directory, e);
        }
        found.sort((one, other) -> one.toString()
                .toLowerCase(Locale.ROOT)
                .compareTo(other.toString().toLowerCase(Locale.ROOT)));
        return found;
    }

    private static Pattern pattern(String name) {
        StringBuilder regex = new StringBuilder();
        for (char letter : name.toCharArray()) {
            regex.append(
                    switch (letter) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(letter));
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private Path path(String name) {
        try {
            return workingDirectory.resolve(name);
        } catch (InvalidPathException e) {
            throw new SignToolException("File not found: " + name, e);
        }
    }
}
