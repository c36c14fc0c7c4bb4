package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.CertificateLines;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.FileRun;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.commandline.console.Report;
import org.cofferhsm.signtool.commandline.console.Tally;
import org.cofferhsm.signtool.commandline.select.Candidate;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.signing.ModuleKey;

/** Prepares signatures that are made elsewhere: {@code /dg}, {@code --request}. Changes no file to be signed. */
record Preparation(SignOptions options, Console console) {

    int over(List<Path> files) {
        ParsedCommand command = options.command();
        Candidate signer = new SignerSearch(command, options.surroundings(), console).anywhere(files);
        // Only now, as a module has one owner at a time.
        return Witness.during(command, options.surroundings(), witness -> over(files, signer, witness));
    }

    private int over(List<Path> files, Candidate signer, Witness witness) {
        ParsedCommand command = options.command();
        Map<Path, String> stems = Stems.of(files, command.has(Option.REQUEST));
        Map<Path, Manifest.Entry> entries = new ConcurrentHashMap<>();
        FileNames names = new FileNames(options.surroundings().lines(), command.files());
        SignatureTemplate template = options.template(signer);
        ContentOptions content = options.content(signer.certificate());
        DigestFiles digests = new DigestFiles(directory(), command.has(Option.DIGEST_XML));
        Tally tally = new Tally("digests successfully generated", true);
        FileRun.of(console, command, command.has(Option.CONTINUE_ON_ERROR))
                .over(
                        files,
                        file -> {
                            String stem = stems.getOrDefault(file, "");
                            return outcome(names.of(file), witness, () -> {
                                PreparedFile prepared = PreparedFile.of(file, template, content);
                                digests.write(
                                        stem,
                                        prepared,
                                        options.surroundings().clock().instant());
                                entries.put(file, entry(names.of(file), file, stem, prepared));
                            });
                        },
                        tally);
        if (command.has(Option.REQUEST) && tally.exitStatus() == 0) {
            writeManifest(signer, files.stream().map(entries::get).toList());
        }
        return new Report(console, tally).finish();
    }

    /** What may fail. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static FileOutcome outcome(String name, Witness witness, Work work) {
        try {
            work.run();
            return new FileOutcome(
                    FileOutcome.Result.DONE,
                    List.of(Line.plain("Successfully prepared: " + name)),
                    Map.of("file", name, "result", "prepared"));
        } catch (IOException | HsmException | SignToolException e) {
            witness.refused(name, e);
            return Failure.attempting("sign", name).of(e);
        }
    }

    /** Beside the manifest, or where {@code /dg} says. */
    private Path directory() {
        return options.command()
                .value(Option.DIGEST_GENERATE)
                .map(options.surroundings().lines()::path)
                .orElseGet(() -> manifest().toAbsolutePath().getParent());
    }

    private Path manifest() {
        return options.surroundings()
                .lines()
                .path(options.command().value(Option.REQUEST).orElseThrow());
    }

    private static Manifest.Entry entry(String name, Path file, String stem, PreparedFile prepared) {
        return new Manifest.Entry(
                String.valueOf(file.getFileName()),
                name,
                prepared.size(),
                prepared.sha256(),
                prepared.digest(),
                DigestFiles.toBeSigned(prepared.signature()),
                DigestFiles.digestName(stem),
                DigestFiles.preparedName(stem));
    }

    private void writeManifest(Candidate signer, List<Manifest.Entry> entries) {
        Manifest manifest = new Manifest(
                Manifest.VERSION,
                System.getProperty("user.name", ""),
                options.surroundings().clock().instant().toString(),
                CertificateLines.thumbprint(signer.certificate()),
                signer.certificate().getSubjectX500Principal().getName(),
                signer.key().map(ModuleKey::alias).orElse(""),
                options.command().has(Option.APPEND),
                entries);
        try {
            manifest.write(manifest());
        } catch (IOException e) {
            throw new SignToolException("The manifest cannot be written: " + manifest(), e);
        }
    }
}
