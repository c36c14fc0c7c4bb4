package org.cofferhsm.hsm.cli;

import java.util.Optional;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.AccessCommand;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.Progress;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.command.ServicePlace;
import org.cofferhsm.hsm.session.AuditVerification;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer audit verify}: the module's own log as a logged-in user, or a copy of one without the module. */
final class AuditVerifyCommand extends OptionCommand {

    AuditVerifyCommand() {
        super("audit verify", "Check an audit log and name the first bad record");
    }

    @Override
    protected void declare(OptionSet options) {
        options.value("path", "DIR", "check this copy, off-line and without login; else the module's own log");
        options.value(
                "public-key",
                "FILE",
                "with --path: the module's key as audit export-key wrote it; else the copy's own");
        Login.declare(options);
        ModuleHome.declare(options);
        ServicePlace.declare(options);
        SealSource.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        return new AuditReport(new Progress(invocation.terminal())
                        .during(
                                "Checking the audit log",
                                () -> invocation
                                        .findPath("path")
                                        .map(copy -> Hsm.verifyAuditCopy(copy, publicKey(invocation)))
                                        .orElseGet(() -> ownLog(invocation))))
                .answer();
    }

    private static Optional<byte[]> publicKey(Invocation invocation) {
        return invocation.findPath("public-key").map(file -> Pem.decodePublicKey(BinaryInput.read(file)));
    }

    private static AuditVerification ownLog(Invocation invocation) {
        try (ModuleAccess module = AccessCommand.access(invocation);
                Session session = new Login(invocation, invocation.find("as")).open(module)) {
            return session.auditTrail().verify();
        }
    }
}
