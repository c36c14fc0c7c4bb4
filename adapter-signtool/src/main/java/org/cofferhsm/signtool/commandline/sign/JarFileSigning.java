package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.history.FileDigest;
import org.cofferhsm.signtool.commandline.history.SigningNote;
import org.cofferhsm.signtool.jar.JarSealing;
import org.cofferhsm.signtool.jar.JarSignature;
import org.cofferhsm.signtool.jar.SignedJar;
import org.cofferhsm.signtool.timestamp.Rfc3161Source;
import org.cofferhsm.signtool.timestamp.TimestampException;

/** Signs JARs, which have signatures of their own kind, in the same steps as other files. */
record JarFileSigning(SignPlan plan) {

    FileOutcome sign(Path file, String name, Journal journal) throws IOException, TimestampException {
        requireMeaning();
        String sha256 = FileDigest.sha256(file);
        journal.whole(sha256);
        if (plan.skipsSigned() && !new SignedJar(file).signatures().isEmpty()) {
            return FileSigning.skipped(name);
        }
        JarSignature way = new JarSignature(
                plan.key(), plan.template().chain(), plan.template().digest());
        try (JarSealing sealing = JarSealing.of(file, way)) {
            AuthenticodeSignature signature = sealing.signature();
            journal.signed(signature);
            Stamping stamping = stamp(signature);
            sealing.finish(stamping.token());
            return new SigningOutcome(plan, name, stamping.failure()).of(SigningNote.UNKNOWN, sha256);
        }
    }

    /** What came of asking for a timestamp. */
    private record Stamping(Optional<Octets> token, Optional<TimestampException> failure) {}

    private Stamping stamp(AuthenticodeSignature signature) throws TimestampException {
        if (plan.timestamper().isEmpty()) {
            return new Stamping(Optional.empty(), Optional.empty());
        }
        Rfc3161Source source = (Rfc3161Source) plan.timestamper().get();
        try {
            return new Stamping(Optional.of(source.token(signature.signatureValue())), Optional.empty());
        } catch (TimestampException e) {
            if (plan.requiresTimestamp()) {
                throw e;
            }
            return new Stamping(Optional.empty(), Optional.of(e));
        }
    }

    /** A description is nothing that a JAR could hold, and no loss; the rest would be. */
    private void requireMeaning() {
        if (plan.command().has(Option.LEGACY_TIMESTAMP)) {
            throw new SignToolException("The /t option has no meaning for a JAR; use /tr.");
        }
        if (plan.command().has(Option.AUTHENTICATED_ATTRIBUTE)) {
            throw new SignToolException("The /sa option has no meaning for a JAR.");
        }
    }
}
