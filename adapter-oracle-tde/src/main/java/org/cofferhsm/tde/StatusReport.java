package org.cofferhsm.tde;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.tde.KeystoreStatus.Status;

/** How the containers of one keystore stand. */
final class StatusReport {

    private final EventLog log;
    private final MasterKeyObjects objects;
    private final ClosedMarks marks;

    StatusReport(EventLog log, MasterKeyObjects objects, ClosedMarks marks) {
        this.log = log;
        this.objects = objects;
        this.marks = marks;
    }

    /** All containers that have keys in the keystore, and the one that asks. */
    List<KeystoreStatus> of(Container asking) {
        try {
            History history = log.history();
            List<Container> containers = new ArrayList<>(history.containers());
            if (containers.stream().noneMatch(asking::isSameAs)) {
                containers.add(asking);
            }
            return containers.stream().map(each -> of(each, history)).toList();
        } catch (HsmException e) {
            if (e.reason() == Reason.DATA_INVALID || e.reason() == Reason.STORE_VERSION_UNSUPPORTED) {
                return List.of(new KeystoreStatus(asking, Status.UNDEFINED, String.valueOf(e.getMessage())));
            }
            throw e;
        }
    }

    private KeystoreStatus of(Container container, History history) {
        if (marks.isClosed(container)) {
            return new KeystoreStatus(container, Status.CLOSED, "");
        }
        return history.current(container)
                .map(id -> objects.find(id).isPresent()
                        ? new KeystoreStatus(container, Status.OPEN, missing(container, history))
                        : new KeystoreStatus(
                                container,
                                Status.OPEN_NO_MASTER_KEY,
                                "the current master key " + id + " is not in the module: "
                                        + OraCause.MASTER_KEY_NOT_FOUND))
                .orElseGet(() -> withoutKey(container, history));
    }

    private KeystoreStatus withoutKey(Container container, History history) {
        boolean oraclesOwn = EncryptionKeys.of("", history, objects.all()).stream()
                .anyMatch(key -> key.history().isEmpty());
        return !oraclesOwn
                ? new KeystoreStatus(container, Status.OPEN_NO_MASTER_KEY, "set one with coffer tde set-key")
                : new KeystoreStatus(
                        container, Status.OPEN_UNKNOWN_MASTER_KEY_STATUS, "ask the database which one it uses");
    }

    private String missing(Container container, History history) {
        long missing = history.keys(container).stream()
                .filter(key -> objects.find(key.id()).isEmpty())
                .count();
        return missing == 0 ? "" : missing + " older master keys are not in the module: backups under them are lost";
    }
}
