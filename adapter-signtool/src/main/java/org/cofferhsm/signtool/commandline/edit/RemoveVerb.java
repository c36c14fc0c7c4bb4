package org.cofferhsm.signtool.commandline.edit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.FileRun;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.commandline.console.Report;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.console.Tally;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;

/** {@code remove}: signatures ({@code /s}), or certificates ({@code /c}) and unsigned attributes ({@code /u}). */
public record RemoveVerb(ParsedCommand command, Surroundings surroundings, Console console) {

    /** Runs; gives the exit status. */
    public int run() {
        if (!command.has(Option.REMOVE_SIGNATURE)
                && !command.has(Option.REMOVE_CERTIFICATES)
                && !command.has(Option.REMOVE_UNAUTHENTICATED)) {
            throw new SignToolException("/c and/or /u, or /s is required.");
        }
        FileNames names = new FileNames(surroundings.lines(), command.files());
        Tally tally = new Tally("files successfully processed", false);
        new FileRun(console, 1, command.has(Option.CONTINUE_ON_ERROR))
                .over(surroundings.lines().files(command), file -> remove(file, names.of(file)), tally);
        return new Report(console, tally).finish();
    }

    private FileOutcome remove(Path file, String name) {
        try {
            requireSigned(file);
            if (command.has(Option.REMOVE_SIGNATURE)) {
                SignatureWriter.remove(file);
            } else {
                SignatureWriter.change(file, this::stripped);
            }
            return new FileOutcome(
                    FileOutcome.Result.DONE,
                    List.of(
                            Line.verbose("Removing signature on file: " + name),
                            Line.plain("Successfully committed changes to the file: " + name)),
                    Map.of("file", name, "result", "removed"));
        } catch (IOException | HsmException | SignToolException e) {
            return Failure.attempting("remove the signature of", name).of(e);
        }
    }

    private static void requireSigned(Path file) throws IOException {
        try (OpenFile open = SignedFile.open(file)) {
            if (open.content().signatures().isEmpty()) {
                throw new SignToolException("No signature found.");
            }
        }
    }

    private AuthenticodeSignature stripped(AuthenticodeSignature signature) {
        AuthenticodeSignature changed =
                command.has(Option.REMOVE_UNAUTHENTICATED) ? signature.withoutUnsigned() : signature;
        return command.has(Option.REMOVE_CERTIFICATES) ? changed.withoutOtherCertificates() : changed;
    }
}
