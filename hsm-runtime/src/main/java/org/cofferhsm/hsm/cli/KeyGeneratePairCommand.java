package org.cofferhsm.hsm.cli;

import java.util.List;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.Progress;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer key generate-asymmetric-pair …}: one subclass per type of key. */
abstract class KeyGeneratePairCommand extends SessionCommand {

    KeyGeneratePairCommand(String type, String summary) {
        super("key generate-asymmetric-pair " + type, summary);
    }

    @Override
    protected void declare(OptionSet options) {
        declareKind(options);
        options.value("label", "TEXT", "the label of both halves")
                .value("public-label", "TEXT", "the public key's label, if not the same")
                .value("private-label", "TEXT", "the private key's label, if not the same")
                .values("public-attributes", "NAME=VALUE", "attributes of the public key, as verify=true")
                .values("private-attributes", "NAME=VALUE", "attributes of the private key, as sign=true");
        Sharing.declare(options);
        super.declare(options);
    }

    /** Adds the options that say which key: its size, curve or parameter set. */
    abstract void declareKind(OptionSet options);

    abstract KeyPairTemplate kind(Invocation invocation);

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        KeyPairTemplate template = template(invocation);
        KeyPairIds pair =
                new Progress(invocation.terminal()).during("Making the key pair", () -> session.generate(template));
        Sharing.apply(invocation, session, pair.privateKey(), List.of(pair.publicKey(), pair.privateKey()));
        return KeyAnswer.pair(session, pair);
    }

    private KeyPairTemplate template(Invocation invocation) {
        KeyPairTemplate kind = kind(invocation)
                .withPublic(Attribute.LABEL, label(invocation, "public-label"))
                .withPrivate(Attribute.LABEL, label(invocation, "private-label"));
        return new KeyPairTemplate(
                kind.publicKey().withAll(AttributePairs.parse(invocation.all("public-attributes"))),
                kind.privateKey().withAll(AttributePairs.parse(invocation.all("private-attributes"))));
    }

    private static String label(Invocation invocation, String option) {
        return invocation
                .find(option)
                .or(() -> invocation.find("label"))
                .orElseThrow(() -> new UsageException("missing: --label, or --public-label and --private-label"));
    }
}
