package org.cofferhsm.tde.cli;

import java.nio.file.Path;
import java.util.Arrays;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SecretSource;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.h2.PlainDatabase;

/** {@code coffer tde h2-encrypt}: makes an encrypted database of a plain one, or of one under H2's own cipher. */
public final class H2EncryptCommand extends KeystoreCommand {

    private static final String REMOVE = "remove-source";
    private static final String PASSWORD_FILE = "cipher-password-file";

    /** For {@link java.util.ServiceLoader}. */
    public H2EncryptCommand() {
        super("tde h2-encrypt", "Write an H2 database encrypted under a new tablespace key");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("database", "FILE", "the database as it is, closed; with or without .mv.db")
                .required("to", "FILE", "the encrypted database, which is not there yet")
                .flag("tag-pages", "have altered and moved pages refused: each carries a tag")
                .value(PASSWORD_FILE, "FILE", "its first line is the file password of a database under CIPHER=AES")
                .flag(REMOVE, "remove the database as it was, after both have been compared");
        super.declare(options);
    }

    @Override
    Answer answer(Invocation invocation, TdeKeystore keystore) {
        Path source = DatabaseOption.file(invocation, "database");
        Path target = DatabaseOption.file(invocation, "to");
        PlainDatabase database = open(invocation, source);
        try (PageMeter meter = new PageMeter(invocation.terminal(), "encrypting " + source)) {
            boolean tagged = invocation.has("tag-pages");
            database.encrypt(target, tagged, new PlainDatabase.Encrypting(keystore, meter));
        }
        if (invocation.has(REMOVE)) {
            database.remove();
        }
        String fate = invocation.has(REMOVE) ? " was removed" : " is still there as it was";
        return Answer.sentence(
                () -> new Fields()
                        .with("database", target.toString())
                        .with("source-removed", invocation.has(REMOVE))
                        .map(),
                "Encrypted " + target + " and compared it; " + source + fate);
    }

    private static PlainDatabase open(Invocation invocation, Path source) {
        if (!invocation.has(PASSWORD_FILE)) {
            return PlainDatabase.at(source);
        }
        char[] password = SecretSource.firstLine(invocation.path(invocation.get(PASSWORD_FILE)));
        try {
            return PlainDatabase.underCipher(source, password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
