package org.cofferhsm.tde.cli;

import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.tde.EncryptionKey;
import org.cofferhsm.tde.TdeKeystore;

/** {@code coffer tde list}: the master keys, as {@code V$ENCRYPTION_KEYS} has them. */
public final class ListCommand extends KeystoreCommand {

    private static final List<String> SHOWN = List.of(
            "KEY_ID_HEX", "TAG", "CREATION_TIME", "ACTIVATION_TIME", "ACTIVATING_PDBNAME", "MASTER_KEY", "IN_MODULE");

    /** For {@link java.util.ServiceLoader}. */
    public ListCommand() {
        super("tde list", "List the TDE master keys as V$ENCRYPTION_KEYS does (all its columns with --json)");
    }

    @Override
    Answer answer(Invocation invocation, TdeKeystore keystore) {
        List<Map<String, String>> rows =
                keystore.encryptionKeys().stream().map(EncryptionKey::columns).toList();
        return Answer.of(() -> rows, width -> Table.of(SHOWN, cells(rows)).lines(width));
    }

    private static List<List<String>> cells(List<Map<String, String>> rows) {
        return rows.stream()
                .map(row -> SHOWN.stream()
                        .map(column -> row.getOrDefault(column, ""))
                        .toList())
                .toList();
    }
}
