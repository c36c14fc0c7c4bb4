package org.cofferhsm.hsm.cli;

import java.util.List;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;

/** Answers that show the keys a command has made. */
final class KeyAnswer {

    private KeyAnswer() {}

    static Answer key(Session session, KeyId key) {
        ObjectInfo made = session.describe(key);
        return Answer.of(
                () -> new Fields().with("key", new KeyReport(made).full()).map(),
                width -> KeyTable.brief(List.of(made), width));
    }

    static Answer pair(Session session, KeyPairIds pair) {
        ObjectInfo publicKey = session.describe(pair.publicKey());
        ObjectInfo privateKey = session.describe(pair.privateKey());
        return Answer.of(
                () -> new Fields()
                        .with("public_key", new KeyReport(publicKey).full())
                        .with("private_key", new KeyReport(privateKey).full())
                        .map(),
                width -> KeyTable.brief(List.of(publicKey, privateKey), width));
    }
}
