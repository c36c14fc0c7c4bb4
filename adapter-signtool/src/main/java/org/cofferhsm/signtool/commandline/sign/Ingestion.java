package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.stamp.TimestampChoice;
import org.cofferhsm.signtool.commandline.stamp.TrustChoice;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.timestamp.TimestampException;
import org.cofferhsm.signtool.timestamp.TimestampSource;

/** Puts a value that was made elsewhere into a prepared signature, and that into its file. */
record Ingestion(ParsedCommand command, Surroundings surroundings, Witness witness) {

    /** One file's parts. */
    record Parts(Path file, String name, PreparedSignature prepared, byte[] value, boolean append) {}

    /** Does it; what does not fit together is refused, and the file is as it was. */
    FileOutcome of(Parts parts) throws IOException, TimestampException {
        AuthenticodeSignature signature = parts.prepared().complete(parts.value());
        Optional<TimestampSource> timestamper = timestamper(parts.prepared().signer());
        StampedSignature stamped = StampedSignature.of(signature, timestamper, command.has(Option.REQUIRE_TIMESTAMP));
        witness.finishing(parts.file(), parts.name(), parts.prepared(), stamped.signature());
        write(parts, stamped.signature());
        boolean isStamped = timestamper.isPresent() && stamped.failure().isEmpty();
        return new FileOutcome(
                stamped.failure().isPresent() ? FileOutcome.Result.WARNED : FileOutcome.Result.DONE,
                SigningOutcome.lines(parts.name(), isStamped, stamped.failure()),
                Map.of("file", parts.name(), "result", "signed", "timestamped", isStamped));
    }

    private static void write(Parts parts, AuthenticodeSignature signature) throws IOException {
        if (parts.append()) {
            SignatureWriter.append(parts.file(), signature);
        } else {
            SignatureWriter.replace(parts.file(), signature);
        }
    }

    private Optional<TimestampSource> timestamper(X509Certificate signer) {
        return new TimestampChoice(command, surroundings.clock())
                .chosen(Optional.of(signer), new TrustChoice(command, surroundings).named());
    }
}
