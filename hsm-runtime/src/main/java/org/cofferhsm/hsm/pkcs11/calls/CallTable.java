package org.cofferhsm.hsm.pkcs11.calls;

import java.util.EnumMap;
import java.util.Map;
import org.cofferhsm.hsm.pkcs11.wire.Operation;

/** Which call answers which operation. */
final class CallTable {

    private final Map<Operation, Call> calls = new EnumMap<>(Operation.class);

    CallTable on(Operation operation, Call call) {
        calls.put(operation, call);
        return this;
    }

    Call of(Operation operation) {
        Call call = calls.get(operation);
        if (call == null) {
            throw new IllegalStateException("nobody answers " + operation);
        }
        return call;
    }
}
