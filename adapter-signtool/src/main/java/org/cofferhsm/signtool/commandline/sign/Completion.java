package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.FileRun;
import org.cofferhsm.signtool.commandline.console.Report;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.console.Tally;
import org.cofferhsm.signtool.commandline.history.FileDigest;
import org.cofferhsm.signtool.timestamp.TimestampException;

/** {@code --complete}: finishes the files of a manifest, each only if it is still what the manifest says. */
record Completion(ParsedCommand command, Surroundings surroundings, Console console) {

    int run() {
        return Witness.during(command, surroundings, this::run);
    }

    private int run(Witness witness) {
        Path file = surroundings.lines().path(command.value(Option.COMPLETE).orElseThrow());
        Manifest manifest = read(file);
        Map<Path, Manifest.Entry> entries = new LinkedHashMap<>();
        manifest.files().forEach(entry -> entries.put(surroundings.lines().path(entry.path()), entry));
        List<Path> wanted = command.files().isEmpty()
                ? List.copyOf(entries.keySet())
                : surroundings.lines().files(command);
        Tally tally = new Tally("files successfully Signed", true);
        FileRun.of(console, command, command.has(Option.CONTINUE_ON_ERROR))
                .over(wanted, one -> complete(one, entries, new Approved(file, manifest.append(), witness)), tally);
        return new Report(console, tally).finish();
    }

    private static Manifest read(Path file) {
        try {
            return Manifest.read(file);
        } catch (NoSuchFileException e) {
            throw new SignToolException("File not found: " + file, e);
        } catch (CharacterCodingException e) {
            throw new SignToolException("The manifest is not text: " + file, e);
        } catch (IOException e) {
            throw new SignToolException("There was an error opening the manifest: " + file, e);
        }
    }

    /** What is the same for all files. */
    private record Approved(Path manifest, boolean append, Witness witness) {}

    private FileOutcome complete(Path file, Map<Path, Manifest.Entry> entries, Approved approved) {
        Manifest.Entry entry = entries.get(file);
        String name = entry == null ? file.toString() : entry.path();
        try {
            if (entry == null) {
                throw new SignToolException("The manifest does not name this file: " + file);
            }
            Path manifest = approved.manifest();
            PreparedSignature prepared = DigestFiles.prepared(manifest.resolveSibling(entry.prepared()));
            requireSame(entry, file, prepared);
            byte[] value = DigestFiles.decoded(manifest.resolveSibling(entry.digest() + DigestFiles.SIGNED));
            return new Ingestion(command, surroundings, approved.witness())
                    .of(new Ingestion.Parts(file, name, prepared, value, approved.append()));
        } catch (IOException | HsmException | SignToolException | TimestampException e) {
            approved.witness().refused(name, e);
            return Failure.attempting("sign", name).of(e);
        }
    }

    private static void requireSame(Manifest.Entry entry, Path file, PreparedSignature prepared) throws IOException {
        if (!FileDigest.sha256(file).equals(entry.sha256())) {
            throw HsmException.dataInvalid(entry.path() + " was changed after its signature was requested");
        }
        if (!FileDigest.of(prepared.content()).equals(entry.authenticode())
                || !DigestFiles.toBeSigned(prepared).equals(entry.toBeSigned())) {
            throw HsmException.dataInvalid(
                    "the prepared signature " + entry.prepared() + " is not the one that the manifest names");
        }
    }
}
