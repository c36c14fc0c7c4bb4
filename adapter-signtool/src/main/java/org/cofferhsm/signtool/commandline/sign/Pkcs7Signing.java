package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.commandline.history.FileDigest;
import org.cofferhsm.signtool.commandline.select.Candidate;
import org.cofferhsm.signtool.commandline.stamp.TimestampChoice;
import org.cofferhsm.signtool.commandline.stamp.TrustChoice;
import org.cofferhsm.signtool.signing.ModuleKey;
import org.cofferhsm.signtool.timestamp.TimestampException;
import org.cofferhsm.signtool.timestamp.TimestampSource;

/** {@code /p7}: any file's bytes in a PKCS#7 file of their own, {@code FILE.p7}. */
record Pkcs7Signing(SignOptions options, Candidate signer, ModuleKey key, FileNames names) {

    /** A PKCS#7 file is made in memory. */
    private static final long LARGEST = 64L << 20;

    FileOutcome sign(Path file) {
        String name = names.of(file);
        Journal journal = new Journal(key, name);
        try {
            return sign(file, name, journal);
        } catch (IOException | HsmException | SignToolException | TimestampException e) {
            journal.refused(e);
            return Failure.attempting("sign", name).of(e);
        }
    }

    private FileOutcome sign(Path file, String name, Journal journal) throws IOException, TimestampException {
        Path target = target(file);
        PreparedSignature prepared = options.template(signer).prepare(Pkcs7Form.content(type(), content(file)));
        journal.prepared(new PreparedFile(
                prepared, FileDigest.sha256(file), FileDigest.of(prepared.content()), Files.size(file)));
        AuthenticodeSignature signature = prepared.complete(key.sign(prepared));
        journal.signed(signature);
        NewFile.write(target, form().encode(stamped(signature)));
        return new FileOutcome(
                FileOutcome.Result.DONE,
                List.of(Line.debug("Attempting to sign: " + name), Line.plain("Successfully signed: " + name)),
                Map.of("file", name, "result", "signed", "written", target.toString()));
    }

    private AuthenticodeSignature stamped(AuthenticodeSignature signature) throws TimestampException {
        Optional<TimestampSource> timestamper = new TimestampChoice(
                        options.command(), options.surroundings().clock())
                .chosen(
                        Optional.of(signer.certificate()),
                        new TrustChoice(options.command(), options.surroundings()).named());
        return timestamper.isPresent() ? timestamper.get().stamp(signature) : signature;
    }

    private static byte[] content(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw HsmException.argumentInvalid(
                    file + " is larger than the " + LARGEST + " bytes that a PKCS#7 file may hold");
        }
        return Files.readAllBytes(file);
    }

    private ASN1ObjectIdentifier type() {
        String oid = options.command()
                .value(Option.PKCS7_CONTENT_TYPE)
                .orElseThrow(() -> new SignToolException("The /p7 option requires the /p7co option."));
        if (!SignOptions.isIdentifier(oid)) {
            throw new SignToolException("The value of the /p7co option is not valid: " + oid);
        }
        return new ASN1ObjectIdentifier(oid);
    }

    private Pkcs7Form form() {
        return options.command()
                .value(Option.PKCS7_ENCODING)
                .map(Pkcs7Form::named)
                .orElse(Pkcs7Form.EMBEDDED);
    }

    private Path target(Path file) {
        String directory = options.command().value(Option.PKCS7).orElseThrow();
        return options.surroundings().lines().path(directory).resolve(file.getFileName() + ".p7");
    }
}
