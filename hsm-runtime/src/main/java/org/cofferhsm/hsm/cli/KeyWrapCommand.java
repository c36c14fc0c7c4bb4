package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NewFile;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key wrap …}: one command per mechanism. */
final class KeyWrapCommand extends SessionCommand {

    private final WrapMechanism mechanism;

    KeyWrapCommand(WrapMechanism mechanism) {
        super("key wrap " + mechanism.text(), "Wrap a key: " + mechanism.description());
        this.mechanism = mechanism;
    }

    @Override
    protected void declare(OptionSet options) {
        options.requiredValues("payload-filter", "FILTER", "the key to wrap: " + KeyFilter.SYNTAX)
                .requiredValues("wrapping-filter", "FILTER", "the key to wrap it with")
                .value("path", "FILE", "where to put the wrapped key; shown in Base64 unless given");
        mechanism.declare(options);
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        Optional<Path> path = invocation.findPath("path");
        path.ifPresent(NewFile::requireAbsent);
        KeyId wrapping = KeyFilter.of(invocation, "wrapping-filter").one(session, mechanism.wrapsWith());
        KeyId payload = Payload.of(KeyFilter.of(invocation, "payload-filter"), session);
        byte[] wrapped = session.wrap(wrapping, payload, mechanism.algorithm(invocation));
        WrappedKey result = WrappedKey.of(mechanism, payload, wrapping, wrapped);
        path.ifPresent(file -> NewFile.write(file, result.data()));
        return result.answer(path);
    }
}
