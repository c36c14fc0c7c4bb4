package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.commandline.CommandLines;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.history.FileDigest;
import org.cofferhsm.signtool.timestamp.TimestampException;

/** {@code /p7}: any file's bytes in a PKCS#7 file of their own, {@code FILE.p7}. */
record Pkcs7Signing(SignPlan plan, CommandLines lines, FileNames names) {

    /** A PKCS#7 file is made in memory. */
    private static final long LARGEST = 64L << 20;

    FileOutcome sign(Path file) {
        String name = names.of(file);
        Journal journal = new Journal(plan.key(), name);
        try {
            return sign(file, name, journal);
        } catch (IOException | HsmException | SignToolException | TimestampException e) {
            journal.refused(e);
            return Failure.attempting("sign", name).of(e);
        }
    }

    private FileOutcome sign(Path file, String name, Journal journal) throws IOException, TimestampException {
        Path target = target(file);
        PreparedSignature signature = plan.template().prepare(Pkcs7Form.content(type(), content(file)));
        PreparedFile prepared = new PreparedFile(
                signature, FileDigest.sha256(file), FileDigest.of(signature.content()), Files.size(file));
        journal.prepared(prepared);
        AuthenticodeSignature complete = signature.complete(plan.key().sign(signature));
        journal.signed(complete);
        StampedSignature stamped = StampedSignature.of(complete, plan.timestamper(), plan.requiresTimestamp());
        NewFile.write(target, form().encode(stamped.signature()));
        FileOutcome outcome =
                new SigningOutcome(plan, name, stamped.failure()).of(prepared.digest(), prepared.sha256());
        Map<String, Object> facts = new TreeMap<>(outcome.facts());
        facts.put("written", target.toString());
        return new FileOutcome(outcome.result(), outcome.lines(), facts);
    }

    private static byte[] content(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw HsmException.argumentInvalid(
                    file + " is larger than the " + LARGEST + " bytes that a PKCS#7 file may hold");
        }
        return Files.readAllBytes(file);
    }

    private ASN1ObjectIdentifier type() {
        String oid = plan.command()
                .value(Option.PKCS7_CONTENT_TYPE)
                .orElseThrow(() -> new SignToolException("The /p7 option requires the /p7co option."));
        if (!SignOptions.isIdentifier(oid)) {
            throw new SignToolException("The value of the /p7co option is not valid: " + oid);
        }
        return new ASN1ObjectIdentifier(oid);
    }

    private Pkcs7Form form() {
        return plan.command().value(Option.PKCS7_ENCODING).map(Pkcs7Form::named).orElse(Pkcs7Form.EMBEDDED);
    }

    private Path target(Path file) {
        String directory = plan.command().value(Option.PKCS7).orElseThrow();
        return lines.path(directory).resolve(file.getFileName() + ".p7");
    }
}
