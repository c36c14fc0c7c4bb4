package org.cofferhsm.tde.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.tde.Container;
import org.cofferhsm.tde.KeystoreStatus;
import org.cofferhsm.tde.TdeKeystore;

/** {@code coffer tde status}: how the keystore stands, as {@code V$ENCRYPTION_WALLET} has it. */
public final class TdeStatusCommand extends KeystoreCommand {

    private static final List<String> SHOWN =
            List.of("WRL_TYPE", "STATUS", "WALLET_TYPE", "WALLET_ORDER", "KEYSTORE_MODE", "PDB_NAME", "DETAIL");

    /** The module is not to be had; all else is a refusal. */
    private static final Set<Reason> AWAY = Set.of(
            Reason.MODULE_NOT_INITIALIZED,
            Reason.MODULE_LOCKED,
            Reason.MODULE_IN_ERROR,
            Reason.MODULE_ZEROIZED,
            Reason.MODULE_IN_USE,
            Reason.SERVICE_UNAVAILABLE,
            Reason.STORE_UNAVAILABLE);

    /** For {@link java.util.ServiceLoader}. */
    public TdeStatusCommand() {
        super("tde status", "Show how the TDE keystore stands, as V$ENCRYPTION_WALLET does");
    }

    @Override
    Answer answer(Invocation invocation, TdeKeystore keystore) {
        return report(keystore.status(), ExitStatus.DONE);
    }

    @Override
    Answer refused(HsmException refusal) {
        if (!AWAY.contains(refusal.reason())) {
            throw refusal;
        }
        String detail = String.valueOf(refusal.getMessage());
        return report(
                List.of(new KeystoreStatus(Container.ROOT, KeystoreStatus.Status.NOT_AVAILABLE, detail)),
                ExitStatus.FAILED);
    }

    private static Answer report(List<KeystoreStatus> statuses, int exitStatus) {
        List<Map<String, String>> rows =
                statuses.stream().map(KeystoreStatus::columns).toList();
        List<List<String>> cells = rows.stream()
                .map(row -> SHOWN.stream()
                        .map(column -> row.getOrDefault(column, ""))
                        .toList())
                .toList();
        return new Answer(() -> rows, width -> Table.of(SHOWN, cells).lines(width), exitStatus);
    }
}
