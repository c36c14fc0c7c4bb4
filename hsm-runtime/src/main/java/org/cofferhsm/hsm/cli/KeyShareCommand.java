package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key share}. */
final class KeyShareCommand extends SharingCommand {

    KeyShareCommand() {
        super("key share", "Let another crypto user use a key");
    }

    @Override
    Answer answer(Session session, KeyId key, String user) {
        session.share(key, user);
        return Answer.message("Key shared successfully");
    }
}
