package org.cofferhsm.tde.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NewFile;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.tde.TablespaceAlgorithm;
import org.cofferhsm.tde.TablespaceKey;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.WrappedTablespaceKey;

/** {@code coffer tde tablespace-key}: a new tablespace key, wrapped, in a file; for databases such as MariaDB. */
public final class TablespaceKeyCommand extends KeystoreCommand {

    private static final String OUT = "out";
    private static final String ALGORITHM = "algorithm";

    /** For {@link java.util.ServiceLoader}. */
    public TablespaceKeyCommand() {
        super("tde tablespace-key", "Make a tablespace key and keep it in a file, wrapped under the master key");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required(OUT, "FILE", "the new file")
                .value(ALGORITHM, "CIPHER", "what the key is for: " + names() + "; else AES256");
        super.declare(options);
    }

    @Override
    protected void check(Invocation invocation) {
        super.check(invocation);
        algorithm(invocation);
    }

    private static TablespaceAlgorithm algorithm(Invocation invocation) {
        String name = invocation.find(ALGORITHM).orElse(TablespaceAlgorithm.AES256.name());
        return Arrays.stream(TablespaceAlgorithm.values())
                .filter(algorithm -> algorithm.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageException("--algorithm is " + names() + ", not \"" + name + "\""));
    }

    private static String names() {
        return Arrays.stream(TablespaceAlgorithm.values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    @Override
    Answer answer(Invocation invocation, TdeKeystore keystore) {
        var file = invocation.path(invocation.get(OUT));
        NewFile.requireAbsent(file);
        try (TablespaceKey key = keystore.generate(algorithm(invocation))) {
            WrappedTablespaceKey wrapped = keystore.wrap(key);
            NewFile.write(file, wrapped.encode());
            return Answer.sentence(
                    () -> new Fields()
                            .with("file", file.toString())
                            .with("master-key", wrapped.masterKey().toString())
                            .with("algorithm", wrapped.algorithm().name())
                            .map(),
                    "Wrote an " + wrapped.algorithm() + " key under the master key " + wrapped.masterKey() + " to "
                            + file);
        }
    }
}
