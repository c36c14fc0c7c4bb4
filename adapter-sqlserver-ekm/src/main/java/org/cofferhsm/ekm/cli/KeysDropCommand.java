package org.cofferhsm.ekm.cli;

import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.EkmProvider;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/** {@code coffer ekm keys drop}: what {@code DROP … REMOVE PROVIDER KEY} does, without SQL Server. */
public final class KeysDropCommand extends SessionCommand {

    public KeysDropCommand() {
        super("ekm keys drop", "Drop a key softly: it encrypts no more, and still decrypts for old backups");
    }

    @Override
    protected void declare(OptionSet options) {
        options.value("name", "NAME", "the key; or give --thumbprint")
                .value("thumbprint", "HEX", "the key, by what sys.asymmetric_keys shows of it");
        super.declare(options);
    }

    @Override
    protected void check(Invocation invocation) {
        if (invocation.has("name") == invocation.has("thumbprint")) {
            throw new UsageException("say --name or --thumbprint, and not both");
        }
        invocation.find("thumbprint").ifPresent(KeysDropCommand::thumbprint);
    }

    private static Thumbprint thumbprint(String hex) {
        if (!hex.matches("(0[xX])?\\p{XDigit}{40}")) {
            throw new UsageException("--thumbprint is 40 hex digits");
        }
        return new Thumbprint(Octets.ofHex(hex.substring(hex.length() - 2 * Thumbprint.LENGTH)));
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        EkmProvider provider = new EkmProvider(session);
        EkmKey key = invocation
                .find("name")
                .map(provider::open)
                .orElseGet(() -> provider.open(thumbprint(invocation.get("thumbprint"))));
        provider.drop(key.thumbprint());
        return Answer.sentence(
                () -> new Fields()
                        .with("name", key.name())
                        .with("thumbprint", key.thumbprint().toString())
                        .map(),
                "dropped the key " + key.thumbprint() + "; it still decrypts");
    }
}
