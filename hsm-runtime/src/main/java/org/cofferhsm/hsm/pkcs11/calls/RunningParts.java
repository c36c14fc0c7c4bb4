package org.cofferhsm.hsm.pkcs11.calls;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;
import org.cofferhsm.hsm.pkcs11.wire.PartKind;

/**
 * The operations in parts that one session has running, at most one of each kind (PKCS#11 v3.1 §5.2). One call at a time; other
 * sessions do not wait. Whatever fails on the way ends its operation.
 */
final class RunningParts {

    private final Map<PartKind, RunningPart> running = new EnumMap<>(PartKind.class);
    private boolean ended;

    /** Begins an operation by its first part; complains by OPERATION_ACTIVE. */
    synchronized byte[] start(PartKind kind, Supplier<RunningPart> beginning, byte[] first) {
        if (ended) {
            throw Ckr.SESSION_HANDLE_INVALID.because("the session was closed");
        }
        if (running.containsKey(kind)) {
            throw Ckr.OPERATION_ACTIVE.because("the session has an operation of the kind " + kind + " running");
        }
        running.put(kind, beginning.get());
        return update(kind, first);
    }

    synchronized byte[] update(PartKind kind, byte[] part) {
        boolean done = false;
        try {
            byte[] ready = require(kind).update(part);
            done = true;
            return ready;
        } finally {
            if (!done) {
                cancel(kind);
            }
        }
    }

    synchronized byte[] finish(PartKind kind, byte[] signature) {
        try {
            return require(kind).finish(signature);
        } finally {
            cancel(kind);
        }
    }

    /** Takes what only a digest takes; complains by OPERATION_NOT_INITIALIZED. */
    synchronized void requireRunning(PartKind kind) {
        require(kind);
    }

    synchronized void cancel(PartKind kind) {
        RunningPart part = running.remove(kind);
        if (part != null) {
            part.close();
        }
    }

    synchronized void cancelAll() {
        List<PartKind> kinds = new ArrayList<>(running.keySet());
        kinds.forEach(this::cancel);
    }

    /** The session is closed: nothing runs on, and a call that is on its way begins nothing more. */
    synchronized void end() {
        ended = true;
        cancelAll();
    }

    synchronized boolean ended() {
        return ended;
    }

    synchronized void cancelKeyed() {
        List<PartKind> kinds = new ArrayList<>(running.keySet());
        kinds.remove(PartKind.DIGEST);
        kinds.forEach(this::cancel);
    }

    private RunningPart require(PartKind kind) {
        RunningPart part = running.get(kind);
        if (part == null) {
            throw notRunning(kind);
        }
        return part;
    }

    private static CryptokiException notRunning(PartKind kind) {
        return Ckr.OPERATION_NOT_INITIALIZED.because("the session has no operation of the kind " + kind + " running");
    }
}
