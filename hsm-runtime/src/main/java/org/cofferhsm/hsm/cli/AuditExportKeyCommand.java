package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NewFile;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer audit export-key}: the public key that the module signs its log with, for verifiers elsewhere. */
final class AuditExportKeyCommand extends SessionCommand {

    AuditExportKeyCommand() {
        super("audit export-key", "Write the public key that signs the audit log, as PEM");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("path", "FILE", "the PEM file to write");
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        Path file = invocation.path(invocation.get("path"));
        NewFile.write(file, Pem.encodePublicKey(session.auditTrail().publicKey()));
        return Answer.message("Wrote the audit log's public key to " + file);
    }
}
