package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.Set;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.cryptoki.CryptokiException;
import org.cofferhsm.hsm.cryptoki.ForeignModule;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.cryptoki.ForeignToken;
import org.cofferhsm.hsm.cryptoki.ReturnValue;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.migration.ImportReport;
import org.cofferhsm.hsm.migration.TokenImport;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key import-pkcs11}. The other module is loaded into this process, not into a running service. */
final class KeyImportPkcs11Command extends SessionCommand {

    KeyImportPkcs11Command() {
        super("key import-pkcs11", "Move keys and certificates here from another PKCS#11 token");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("module", "FILE", "the other token's PKCS#11 module, a shared library");
        ChosenToken.declare(options);
        options.values("label", "TEXT", "import the objects of these labels; all unless said otherwise")
                .flag("dry-run", "say what would be done, and do nothing");
        TokenPin.declare(options);
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        Path file = invocation.path(invocation.get("module"));
        try (ForeignModule module = ForeignModule.open(file)) {
            ForeignToken token = ChosenToken.of(invocation, module.tokens());
            return TokenPin.use(
                    invocation,
                    token.label(),
                    pin -> new ImportAnswer(report(invocation, session, token, pin)).answer());
        } catch (CryptokiException e) {
            throw refusal(e, file);
        }
    }

    private static ImportReport report(Invocation invocation, Session session, ForeignToken token, byte[] pin) {
        Set<String> labels = Set.copyOf(invocation.all("label"));
        try (ForeignSession there = token.login(pin)) {
            return invocation.has("dry-run")
                    ? TokenImport.plan(session, there, token.mechanisms(), labels)
                    : TokenImport.run(session, there, token.mechanisms(), labels);
        }
    }

    private static HsmException refusal(CryptokiException refusal, Path module) {
        long value = refusal.returnValue();
        if (value == ReturnValue.PIN_INCORRECT) {
            return HsmException.pinIncorrect("the other token does not accept this PIN")
                    .causedBy(refusal);
        }
        return value == ReturnValue.PIN_LOCKED
                ? HsmException.userLocked("the other token is locked after too many wrong PINs")
                        .causedBy(refusal)
                : HsmException.argumentInvalid("the module " + module + " refused: " + refusal.text())
                        .causedBy(refusal);
    }
}
