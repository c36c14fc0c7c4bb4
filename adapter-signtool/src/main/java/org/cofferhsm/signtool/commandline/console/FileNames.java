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
        for (String name : typed) {
            if (lines.path(name).equals(file)) {
                return name;
            }
        }
        for (String name : typed) {
            if (file.getParent() != null
                    && file.getParent().equals(lines.path(name).getParent())) {
                return name.substring(0, name.lastIndexOf('/') + 1) + file.getFileName();
            }
        }
        return file.toString();
    }
}
