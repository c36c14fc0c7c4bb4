package org.cofferhsm.hsm;

import java.util.ArrayDeque;
import java.util.Deque;
import org.cofferhsm.hsm.error.HsmException;

/** What has to be closed with a module, last opened first; one that fails does not keep the others open. */
final class Resources implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        HsmException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception | Error e) { // whatever it is, the others have to be closed all the same
                HsmException failure = e instanceof HsmException refusal
                        ? refusal
                        : HsmException.internal("a part of the module did not close: " + e.getMessage())
                                .causedBy(e);
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
