package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.console.CertificateLines;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.history.FileDigest;
import org.cofferhsm.signtool.commandline.history.SigningNote;

/**
 * Tells the audit log of the halves of a signature that need no module ({@code /dg}, {@code --request}, {@code /di},
 * {@code --complete}), where somebody is logged in who may; elsewhere, as across an air gap, it says nothing.
 */
record Witness(Optional<Session> session) {

    private static final String NONE = SigningNote.UNKNOWN;

    /** Works with whoever the command or the environment logs in, or with nobody. */
    static int during(ParsedCommand command, Surroundings surroundings, ToIntFunction<Witness> work) {
        if (!canLogIn(command, surroundings)) {
            return work.applyAsInt(new Witness(Optional.empty()));
        }
        return surroundings.inSession(
                command,
                session -> work.applyAsInt(new Witness(
                        Optional.of(session).filter(one -> one.user().role() == Role.CRYPTO_USER))));
    }

    private static boolean canLogIn(ParsedCommand command, Surroundings surroundings) {
        return surroundings.isSet("COFFER_PIN") || command.has(Option.USER) || command.has(Option.PIN_FILE);
    }

    /** The file gets its signature only when this is written. */
    void finishing(Path file, String name, PreparedSignature prepared, AuthenticodeSignature signature)
            throws IOException {
        if (session.isPresent()) {
            write(new SigningNote(
                    "finished",
                    FileDigest.of(prepared.content()),
                    FileDigest.sha256(file),
                    FileDigest.ofValue(signature.signatureValue()),
                    NONE,
                    CertificateLines.thumbprint(prepared.signer()),
                    name));
        }
    }

    void refused(String name, Exception cause) {
        write(new SigningNote("refused:" + Failure.reason(cause), NONE, NONE, NONE, NONE, NONE, name));
    }

    private void write(SigningNote note) {
        session.ifPresent(note::write);
    }
}
