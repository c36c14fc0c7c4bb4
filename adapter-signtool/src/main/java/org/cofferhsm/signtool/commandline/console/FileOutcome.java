package org.cofferhsm.signtool.commandline.console;

import java.util.List;
import java.util.Map;

/**
 * What became of one file.
 *
 * @param result how it ended
 * @param lines what SignTool would print about it
 * @param facts the same for programs ({@code --json})
 */
public record FileOutcome(Result result, List<Line> lines, Map<String, Object> facts) {

    public FileOutcome {
        lines = List.copyOf(lines);
    }

    /** How it ended. */
    public enum Result {
        DONE,
        /** Done, but something is to be said. */
        WARNED,
        /** Left alone on purpose. */
        SKIPPED,
        FAILED
    }
}
