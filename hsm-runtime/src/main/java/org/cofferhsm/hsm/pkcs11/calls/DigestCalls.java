package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.pkcs11.terms.Algorithms;
import org.cofferhsm.hsm.pkcs11.wire.Digest;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Digests and random numbers, which need no login (PKCS#11 v3.1 §5.12, §5.19). */
final class DigestCalls {

    private final Application application;

    DigestCalls(Application application) {
        this.application = application;
    }

    void addTo(CallTable calls) {
        calls.on(Operation.DIGEST, this::digest).on(Operation.RANDOM, this::random);
    }

    private void digest(MessageReader request, MessageWriter reply) {
        Digest wanted = Digest.read(request);
        application.sessions().require(wanted.session());
        reply.bytes(application.hsm().publicEngine().digest(Algorithms.of(wanted.mechanism()), wanted.data()));
    }

    private void random(MessageReader request, MessageWriter reply) {
        long session = request.u64();
        int bytes = request.u32();
        request.end();
        application.sessions().require(session);
        reply.bytes(bytes == 0 ? new byte[0] : application.hsm().publicEngine().random(bytes));
    }
}
