package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Slot and token management (PKCS#11 v3.1 §5.5); the library answers what never changes. */
final class TokenCalls {

    private static final int RNG = 0x1;
    private static final int LOGIN_REQUIRED = 0x4;
    private static final int USER_PIN_INITIALIZED = 0x8;
    private static final int CLOCK_ON_TOKEN = 0x40;
    private static final int TOKEN_INITIALIZED = 0x400;

    /** A user name, a colon and a PIN of ASCII characters. */
    private static final int LONGEST_PIN = 31 + 1 + 128;

    private static final int SHORTEST_PIN = 8;

    private final Application application;

    TokenCalls(Application application) {
        this.application = application;
    }

    void addTo(CallTable calls) {
        calls.on(Operation.TOKEN_INFO, this::info);
    }

    private void info(MessageReader request, MessageWriter reply) {
        request.end();
        int activated = application.hsm().activated() ? USER_PIN_INITIALIZED : 0;
        reply.text("coffer")
                .text("Coffer")
                .text("1.0")
                .u32(RNG | LOGIN_REQUIRED | CLOCK_ON_TOKEN | TOKEN_INITIALIZED | activated)
                .u32(LONGEST_PIN)
                .u32(SHORTEST_PIN)
                .u64(System.currentTimeMillis() / 1000);
    }
}
