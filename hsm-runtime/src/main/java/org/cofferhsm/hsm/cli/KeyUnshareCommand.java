package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key unshare}. */
final class KeyUnshareCommand extends SharingCommand {

    KeyUnshareCommand() {
        super("key unshare", "Take a shared key back from a crypto user");
    }

    @Override
    Answer answer(Session session, KeyId key, String user) {
        session.unshare(key, user);
        return Answer.message("Key unshared successfully");
    }
}
