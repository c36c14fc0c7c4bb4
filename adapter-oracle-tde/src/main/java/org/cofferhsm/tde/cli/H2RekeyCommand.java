package org.cofferhsm.tde.cli;

import java.nio.file.Path;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.h2.H2Tablespace;

/** {@code coffer tde h2-rekey}: encrypts a database anew under a new tablespace key. */
public final class H2RekeyCommand extends KeystoreCommand {

    /** For {@link java.util.ServiceLoader}. */
    public H2RekeyCommand() {
        super("tde h2-rekey", "Encrypt every page of an H2 database anew under a new tablespace key");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("database", "FILE", "the encrypted database, closed; with or without .mv.db");
        super.declare(options);
    }

    @Override
    Answer answer(Invocation invocation, TdeKeystore keystore) {
        Path file = DatabaseOption.file(invocation, "database");
        H2Tablespace tablespace = H2Tablespace.at(file);
        try (PageMeter meter = new PageMeter(invocation.terminal(), "re-encrypting " + file)) {
            tablespace.rekey(keystore, meter);
        }
        String masterKey = tablespace.wrappedKey().masterKey().toString();
        return Answer.sentence(
                () -> new Fields()
                        .with("database", file.toString())
                        .with("master-key", masterKey)
                        .map(),
                "Every page of " + file + " is under a new tablespace key now, wrapped by master key " + masterKey);
    }
}
