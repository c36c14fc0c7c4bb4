package org.cofferhsm.signtool.commandline.console;

import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.signtool.commandline.CommandLines;

/**
 * Files under the names by which they were asked for.
 *
 * @param typed the names on the command line, wildcards not expanded
 */
public record FileNames(CommandLines lines, List<String> typed) {

    /** What SignTool calls the file. */
    public String of(Path file) {
        return typed.stream()
                .filter(name -> lines.path(name).equals(file))
                .findFirst()
                .or(() -> typed.stream()
                        .filter(name -> file.getParent() != null
                                && file.getParent().equals(lines.path(name).getParent()))
                        .map(name -> name.substring(0, name.lastIndexOf('/') + 1) + file.getFileName())
                        .findFirst())
                .orElseGet(file::toString);
    }
}
