package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
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
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.console.Tally;
import org.cofferhsm.signtool.commandline.history.FileDigest;
import org.cofferhsm.signtool.commandline.history.SigningNote;
import org.cofferhsm.signtool.signing.ModuleKey;

/**
 * {@code /ds}: signs digests whose files are elsewhere. Where the prepared signature ({@code .p7u}) lies beside the
 * digest, the digest must be its, and the audit log learns which file it is.
 */
record DigestSigning(ParsedCommand command, Surroundings surroundings, Console console) {

    int over(List<Path> files) {
        return surroundings.inSession(command, session -> over(files, session));
    }

    private int over(List<Path> files, Session session) {
        ModuleKey key = new SignerSearch(command, surroundings, console)
                .inModule(session, files)
                .key()
                .orElseThrow();
        FileNames names = new FileNames(surroundings.lines(), command.files());
        Tally tally = new Tally("files successfully Signed", true);
        FileRun.of(console, command, command.has(Option.CONTINUE_ON_ERROR))
                .over(files, file -> sign(file, names.of(file), key), tally);
        return new Report(console, tally).finish();
    }

    private FileOutcome sign(Path file, String name, ModuleKey key) {
        String subject = SigningNote.UNKNOWN;
        try {
            byte[] digest = DigestFiles.decoded(file);
            DigestAlgorithm algorithm = algorithm(digest);
            subject = subject(file, digest, algorithm);
            byte[] value = key.signDigest(algorithm, digest);
            note(key, "signed", subject, FileDigest.ofValue(value), name);
            NewFile.write(
                    file.resolveSibling(file.getFileName() + DigestFiles.SIGNED),
                    Base64.getEncoder().encodeToString(value));
            return new FileOutcome(
                    FileOutcome.Result.DONE,
                    List.of(Line.plain("Successfully signed: " + name)),
                    Map.of("file", name, "result", "signed", "digest", subject));
        } catch (IOException | HsmException | SignToolException e) {
            note(key, "refused:" + Failure.reason(e), subject, SigningNote.UNKNOWN, name);
            return Failure.attempting("sign", name).of(e);
        }
    }

    /** What the log calls the digest: the file's own digest where that is known. */
    private static String subject(Path file, byte[] digest, DigestAlgorithm algorithm) throws IOException {
        Optional<PreparedSignature> prepared = preparedBeside(file);
        if (prepared.isPresent() && !MessageDigest.isEqual(prepared.get().digestToBeSigned(), digest)) {
            throw HsmException.dataInvalid(file + " is not the digest of the prepared signature beside it");
        }
        return prepared.map(one -> FileDigest.of(one.content()))
                .orElseGet(() -> "to-be-signed:" + algorithm.signToolName() + ":"
                        + Octets.of(digest).toHex());
    }

    private static Optional<PreparedSignature> preparedBeside(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".dig")) {
            return Optional.empty();
        }
        Path prepared = file.resolveSibling(DigestFiles.preparedName(name.substring(0, name.length() - 4)));
        return Files.exists(prepared) ? Optional.of(DigestFiles.prepared(prepared)) : Optional.empty();
    }

    private DigestAlgorithm algorithm(byte[] digest) {
        return Stream.of(DigestAlgorithm.values())
                .filter(one -> one.length() == digest.length)
                .filter(one -> command.value(Option.FILE_DIGEST)
                        .map(name -> one.signToolName().equalsIgnoreCase(name))
                        .orElse(true))
                .findFirst()
                .orElseThrow(() -> HsmException.dataInvalid(
                        "a digest of " + digest.length + " bytes is of no hash function that is meant here"));
    }

    private static void note(ModuleKey key, String outcome, String digest, String value, String name) {
        new SigningNote(
                        outcome,
                        digest,
                        SigningNote.UNKNOWN,
                        value,
                        key.id() + "/" + key.alias(),
                        CertificateLines.thumbprint(key.certificate()),
                        name)
                .write(key.session());
    }
}
