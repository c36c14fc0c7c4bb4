package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.FileRun;
import org.cofferhsm.signtool.commandline.console.Report;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.console.Tally;
import org.cofferhsm.signtool.timestamp.TimestampException;

/** {@code /di}: finishes files from what {@code /dg} prepared and {@code /ds} signed. Needs no module; one that is there is told. */
record DigestIngestion(ParsedCommand command, Surroundings surroundings, Console console) {

    int over(List<Path> files) {
        return Witness.during(command, surroundings, witness -> over(files, witness));
    }

    private int over(List<Path> files, Witness witness) {
        FileNames names = new FileNames(surroundings.lines(), command.files());
        Map<Path, String> stems = Stems.of(files, false);
        Tally tally = new Tally("files successfully Signed", true);
        FileRun.of(console, command, command.has(Option.CONTINUE_ON_ERROR))
                .over(files, file -> ingest(file, names.of(file), stems.getOrDefault(file, ""), witness), tally);
        return new Report(console, tally).finish();
    }

    private FileOutcome ingest(Path file, String name, String stem, Witness witness) {
        Path directory =
                surroundings.lines().path(command.value(Option.DIGEST_INGEST).orElseThrow());
        try {
            return new Ingestion(command, surroundings, witness)
                    .of(new Ingestion.Parts(
                            file,
                            name,
                            DigestFiles.prepared(directory.resolve(DigestFiles.preparedName(stem))),
                            DigestFiles.decoded(directory.resolve(DigestFiles.digestName(stem) + DigestFiles.SIGNED)),
                            command.has(Option.APPEND)));
        } catch (IOException | HsmException | SignToolException | TimestampException e) {
            witness.refused(name, e);
            return Failure.attempting("sign", name).of(e);
        }
    }
}
