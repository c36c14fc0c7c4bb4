package org.cofferhsm.ekm.cli;

import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.EkmProvider;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer ekm keys create}: what {@code CREATION_DISPOSITION = CREATE_NEW} does, without SQL Server. */
public final class KeysCreateCommand extends SessionCommand {

    public KeysCreateCommand() {
        super("ekm keys create", "Make a key that SQL Server opens by CREATION_DISPOSITION = OPEN_EXISTING");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("name", "NAME", "what PROVIDER_KEY_NAME calls it, 1 to 256 characters")
                .required(
                        "algorithm",
                        "ALGORITHM",
                        "RSA_2048, RSA_3072 or RSA_4096 for TDE and asymmetric keys; AES_128, AES_192 or AES_256 for"
                                + " symmetric keys");
        super.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        EkmAlgorithm algorithm = EkmAlgorithm.ofTag(invocation.get("algorithm"));
        EkmKey key = new EkmProvider(session).create(invocation.get("name"), algorithm);
        return Answer.sentence(
                () -> new Fields()
                        .with("name", key.name())
                        .with("algorithm", algorithm.tag())
                        .with("thumbprint", key.thumbprint().toString())
                        .map(),
                "made " + algorithm + " key with the thumbprint " + key.thumbprint());
    }
}
