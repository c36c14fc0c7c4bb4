package org.cofferhsm.hsm.pkcs11.calls;

import java.util.function.IntFunction;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;
import org.cofferhsm.hsm.session.VerifyOperation;

/**
 * A verification in parts.
 *
 * @param refusal why a signature of some length was not authentic
 */
record VerifyPart(VerifyOperation operation, IntFunction<CryptokiException> refusal, Gathering gathering)
        implements RunningPart {

    @Override
    public byte[] update(byte[] part) {
        gathering.take(part.length);
        operation.update(part, 0, part.length);
        return NOTHING;
    }

    @Override
    public byte[] finish(byte[] signature) {
        if (!operation.finish(signature)) {
            throw refusal.apply(signature.length);
        }
        return NOTHING;
    }

    @Override
    public void close() {
        operation.close();
        gathering.close();
    }
}
