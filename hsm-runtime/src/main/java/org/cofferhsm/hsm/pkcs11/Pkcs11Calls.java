package org.cofferhsm.hsm.pkcs11;

import java.util.EnumSet;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.pkcs11.calls.Cryptoki;
import org.cofferhsm.hsm.pkcs11.terms.ReturnValues;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** One program's calls: where every refusal becomes one of Cryptoki's return values, and a line in the log. */
final class Pkcs11Calls implements ClientCalls {

    /** After these the login may be gone, though the program did not log out. */
    private static final Set<Reason> ENDS_LOGIN =
            EnumSet.of(Reason.SESSION_CLOSED, Reason.MODULE_LOCKED, Reason.MODULE_ZEROIZED);

    private final Cryptoki cryptoki;
    private final RefusalLog log;

    Pkcs11Calls(Cryptoki cryptoki, RefusalLog log) {
        this.cryptoki = cryptoki;
        this.log = log;
    }

    @Override
    public int call(int number, MessageReader request, MessageWriter reply) {
        Operation operation = Operation.of(number);
        if (operation == null) {
            return UNKNOWN_OPERATION;
        }
        try {
            cryptoki.answer(operation, request, reply);
            return DONE;
        } catch (CryptokiException refusal) {
            return refused(operation, refusal.value(), String.valueOf(refusal.getMessage()));
        } catch (HsmException refusal) {
            if (ENDS_LOGIN.contains(refusal.reason())) {
                cryptoki.checkLogin();
            }
            Ckr value = ReturnValues.of(refusal.reason(), operation.subject());
            return refused(operation, value, refusal.reason() + ": " + refusal.getMessage());
        }
    }

    private int refused(Operation operation, Ckr value, String why) {
        log.refused(operation, value, why);
        return value.code();
    }

    @Override
    public void close() {
        cryptoki.close();
    }
}
