package org.cofferhsm.signtool.commandline.edit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.cofferhsm.signtool.commandline.stamp.TimestampChoice;
import org.cofferhsm.signtool.commandline.stamp.TrustChoice;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.timestamp.TimestampException;
import org.cofferhsm.signtool.timestamp.TimestampSource;

/** {@code timestamp}: a timestamp for a signature that is there. Needs no module. */
public record TimestampVerb(ParsedCommand command, Surroundings surroundings, Console console) {

    private static final String UNSIGNED =
            "No signature was found. The file must be signed before it can be timestamped.";

    /** Runs; gives the exit status. */
    public int run() {
        TimestampChoice choice = new TimestampChoice(command, surroundings.clock());
        choice.check();
        TimestampSource timestamper = choice.chosen(Optional.empty(), new TrustChoice(command, surroundings).named())
                .orElseThrow(() -> new SignToolException("The /t or /tr option is required."));
        List<Path> files = surroundings.lines().files(command);
        FileNames names = new FileNames(surroundings.lines(), command.files());
        int index = command.number(Option.SIGNATURE_INDEX, 0).orElse(0);
        Tally tally = new Tally("files successfully timestamped", false);
        FileRun.of(console, command, command.has(Option.CONTINUE_ON_ERROR))
                .over(files, file -> stamp(file, names.of(file), new IndexedStamp(timestamper, index)), tally);
        return new Report(console, tally).finish();
    }

    private FileOutcome stamp(Path file, String name, IndexedStamp stamp) {
        try {
            if (command.has(Option.PKCS7_FILES)) {
                Pkcs7Files.change(file, stamp);
            } else {
                AuthenticodeSignature seen = primary(file);
                AuthenticodeSignature stamped = stamp.of(seen);
                SignatureWriter.change(file, now -> replaced(file, seen, now, stamped));
            }
            return new FileOutcome(
                    FileOutcome.Result.DONE,
                    List.of(Line.plain("Successfully timestamped: " + name)),
                    Map.of("file", name, "result", "timestamped"));
        } catch (IOException | HsmException | SignToolException | TimestampException e) {
            return Failure.attempting("timestamp", name).of(e);
        }
    }

    /** An authority takes its time, and somebody may have signed once more meanwhile. */
    private static AuthenticodeSignature replaced(
            Path file, AuthenticodeSignature seen, AuthenticodeSignature now, AuthenticodeSignature stamped) {
        if (!Arrays.equals(seen.encoded(), now.encoded())) {
            throw HsmException.dataInvalid(file + " was signed by somebody else meanwhile; try again");
        }
        return stamped;
    }

    private static AuthenticodeSignature primary(Path file) throws IOException {
        try (OpenFile open = SignedFile.open(file)) {
            return open.content().signatures().stream()
                    .findFirst()
                    .map(one -> AuthenticodeSignature.parse(one.toByteArray()))
                    .orElseThrow(() -> new SignToolException(UNSIGNED));
        }
    }
}
