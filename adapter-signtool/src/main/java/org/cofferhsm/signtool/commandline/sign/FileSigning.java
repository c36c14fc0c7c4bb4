package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.jar.JarNames;
import org.cofferhsm.signtool.timestamp.TimestampException;

/** Signs files by a key in the module, each in one safe step, each told to the audit log. */
record FileSigning(SignPlan plan, FileNames names) {

    /** One file; whatever goes wrong is in the outcome, and the file is as it was. */
    FileOutcome sign(Path file) {
        String name = names.of(file);
        Journal journal = new Journal(plan.key(), name);
        try {
            if (JarNames.isJar(file)) {
                return new JarFileSigning(plan).sign(file, name, journal);
            }
            if (plan.skipsSigned() && isSigned(file)) {
                return skipped(name);
            }
            PreparedFile prepared = PreparedFile.of(file, plan.template(), plan.content());
            journal.prepared(prepared);
            return sign(file, name, prepared, journal);
        } catch (IOException | HsmException | SignToolException | TimestampException e) {
            journal.refused(e);
            return Failure.attempting("sign", name).of(e);
        }
    }

    static FileOutcome skipped(String name) {
        return new FileOutcome(
                FileOutcome.Result.SKIPPED,
                List.of(Line.plain("Already signed, skipped: " + name)),
                Map.of("file", name, "result", "skipped"));
    }

    private static boolean isSigned(Path file) throws IOException {
        try (OpenFile open = OpenFile.read(file)) {
            return !open.content().signatures().isEmpty();
        }
    }

    private FileOutcome sign(Path file, String name, PreparedFile prepared, Journal journal)
            throws IOException, TimestampException {
        AuthenticodeSignature signature =
                prepared.signature().complete(plan.key().sign(prepared.signature()));
        journal.signed(signature);
        StampedSignature stamped = StampedSignature.of(signature, plan.timestamper(), plan.requiresTimestamp());
        write(file, stamped.signature());
        return new SigningOutcome(plan, name, stamped.failure()).of(prepared.digest(), prepared.sha256());
    }

    private void write(Path file, AuthenticodeSignature signature) throws IOException {
        if (plan.appends()) {
            SignatureWriter.append(file, signature);
        } else {
            SignatureWriter.replace(file, signature);
        }
    }
}
