package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NewFile;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key generate-file}. */
final class KeyGenerateFileCommand extends SessionCommand {

    KeyGenerateFileCommand() {
        super("key generate-file", "Write a public key to a PEM file");
    }

    @Override
    protected void declare(OptionSet options) {
        options.requiredValues("filter", "FILTER", KeyFilter.SYNTAX)
                .required("path", "FILE", "the file to make")
                .value("encoding", "NAME", "pem; there is no other choice");
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        invocation.find("encoding").filter(name -> !name.equals("pem")).ifPresent(name -> {
            throw new UsageException("the encoding \"" + name + "\" is not known; write pem");
        });
        Path file = invocation.path(invocation.get("path"));
        NewFile.requireAbsent(file);
        KeyId key = KeyFilter.of(invocation, "filter").one(session, ObjectClass.PUBLIC_KEY);
        PublicKeys.require(session, key);
        NewFile.write(file, Pem.encodePublicKey(session.value(key)));
        return Answer.message("Successfully generated key file");
    }
}
