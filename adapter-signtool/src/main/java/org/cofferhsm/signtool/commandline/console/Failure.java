package org.cofferhsm.signtool.commandline.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.timestamp.TimestampException;

/**
 * Why something could not be done to a file, in SignTool's words where it has some.
 *
 * @param attempt what SignTool says was attempted, up to the file's name; empty where it says nothing
 */
public record Failure(String file, Optional<String> attempt) {

    /** What SignTool says of a server that gives no good timestamp. */
    public static final String NO_TIMESTAMP =
            "The specified timestamp server either could not be reached or\n" + "\treturned an invalid response.";

    private static final String UNRECOGNIZED = "This file format cannot be signed because it is not recognized.";

    /** While a verb was at work whose attempts SignTool names: {@code sign}, {@code timestamp}. */
    public static Failure attempting(String verb, String file) {
        return new Failure(file, Optional.of("An error occurred while attempting to " + verb + ": "));
    }

    /** The outcome for an exception. */
    public FileOutcome of(Exception cause) {
        Line first = Line.error(message(cause));
        List<Line> lines = isTold(cause)
                ? List.of(first)
                : attempt.map(text -> List.of(first, Line.error(text + file))).orElse(List.of(first));
        return new FileOutcome(
                FileOutcome.Result.FAILED,
                cause instanceof TimestampException stamp ? withReason(lines, stamp) : lines,
                Map.of("file", file, "result", "failed", "reason", reason(cause), "message", message(cause)));
    }

    private static List<Line> withReason(List<Line> lines, TimestampException cause) {
        return List.of(lines.get(0), Line.debug("Reason: " + cause.reason()), lines.get(lines.size() - 1));
    }

    /** SignTool says no more than this about a file that is not there. */
    private static boolean isTold(Exception cause) {
        return cause instanceof NoSuchFileException || cause instanceof SignToolException;
    }

    private String message(Exception cause) {
        if (cause instanceof NoSuchFileException missing) {
            return "File not found: " + (isOther(missing) ? missing.getFile() : file);
        }
        if (cause instanceof UnrecognizedFormatException) {
            return UNRECOGNIZED;
        }
        if (cause instanceof AccessDeniedException) {
            return "Access is denied: " + file;
        }
        if (cause instanceof FileAlreadyExistsException taken) {
            return "A file is where a directory is needed: " + taken.getFile();
        }
        if (cause instanceof HsmException refusal) {
            return refusal.getMessage() + " [" + refusal.reason() + "]";
        }
        return cause instanceof TimestampException ? NO_TIMESTAMP : String.valueOf(cause.getMessage());
    }

    /** A file that belongs to this one, such as its signature that was made elsewhere. */
    private boolean isOther(NoSuchFileException missing) {
        return missing.getFile() != null
                && !Path.of(missing.getFile())
                        .getFileName()
                        .equals(Path.of(file).getFileName());
    }

    /** One word for programs and for the audit log. */
    public static String reason(Exception cause) {
        if (cause instanceof HsmException refusal) {
            return refusal.reason().name();
        }
        if (cause instanceof UnrecognizedFormatException) {
            return "FORMAT_NOT_RECOGNIZED";
        }
        if (cause instanceof TimestampException) {
            return "TIMESTAMP_FAILED";
        }
        return cause instanceof IOException ? "FILE_ERROR" : "REFUSED";
    }
}
