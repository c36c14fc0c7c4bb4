package org.cofferhsm.signtool.commandline.sign;

import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.history.SigningNote;
import org.cofferhsm.signtool.commandline.select.Candidate;
import org.cofferhsm.signtool.commandline.select.Candidates;
import org.cofferhsm.signtool.commandline.select.CertificateChoice;

/** Finds who signs, says so on the console, and tells the audit log when nobody can. */
record SignerSearch(ParsedCommand command, Surroundings surroundings, Console console) {

    /** Among the module's keys; none or several: {@link CertificateChoice.Refused}. */
    Candidate inModule(Session session, List<Path> files) {
        return search(session, files, true);
    }

    private Candidate search(Session session, List<Path> files, boolean needsKey) {
        try {
            return chosen(Candidates.of(command, surroundings.lines(), session), needsKey);
        } catch (CertificateChoice.Refused e) {
            if (session.user().role() == Role.CRYPTO_USER) {
                files.forEach(file -> note(session, file));
            }
            throw e;
        }
    }

    private void note(Session session, Path file) {
        String none = SigningNote.UNKNOWN;
        String name = new FileNames(surroundings.lines(), command.files()).of(file);
        new SigningNote("refused:NO_CERTIFICATE", none, none, none, none, none, name).write(session);
    }

    /** For a digest to be signed elsewhere the certificate is enough, and one in a file needs no module. */
    Candidate anywhere(List<Path> files) {
        return command.value(Option.CERTIFICATE_FILE)
                .map(name -> chosen(Candidates.ofFile(name, surroundings.lines()), false))
                .orElseGet(() -> surroundings.inSession(command, session -> search(session, files, false)));
    }

    private Candidate chosen(List<Candidate> all, boolean needsKey) {
        CertificateChoice.Chosen chosen =
                new CertificateChoice(command, surroundings.clock().instant(), needsKey).from(all);
        console.print(chosen.lines());
        return chosen.candidate();
    }
}
