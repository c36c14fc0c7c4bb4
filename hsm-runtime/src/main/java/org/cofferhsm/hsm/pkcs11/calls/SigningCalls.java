package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Arrays;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.pkcs11.terms.Algorithms;
import org.cofferhsm.hsm.pkcs11.terms.Recovery;
import org.cofferhsm.hsm.pkcs11.terms.SignatureLengths;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.KeyedData;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.pkcs11.wire.Verify;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Signatures, MACs and their verification in one call (PKCS#11 v3.1 §5.13 to §5.16). */
final class SigningCalls {

    private final Application application;

    SigningCalls(Application application) {
        this.application = application;
    }

    void addTo(CallTable calls) {
        calls.on(Operation.SIGN, this::sign)
                .on(Operation.VERIFY, this::verify)
                .on(Operation.SIGN_RECOVER, this::signRecover)
                .on(Operation.VERIFY_RECOVER, this::verifyRecover);
    }

    private void sign(MessageReader request, MessageWriter reply) {
        KeyedData wanted = KeyedData.read(request);
        Session user = application.user(wanted.session());
        KeyId key = application.key(wanted.key());
        reply.bytes(user.sign(key, Algorithms.of(wanted.mechanism()), wanted.data()));
    }

    private void verify(MessageReader request, MessageWriter reply) {
        Verify wanted = Verify.read(request);
        Session user = application.user(wanted.session());
        KeyId key = application.key(wanted.key());
        Algorithm algorithm = Algorithms.of(wanted.mechanism());
        if (!user.verify(key, algorithm, wanted.data(), wanted.signature())) {
            throw SignatureLengths.refusal(user.describe(key), algorithm, wanted.signature().length);
        }
    }

    private void signRecover(MessageReader request, MessageWriter reply) {
        KeyedData wanted = KeyedData.read(request);
        Session user = application.user(wanted.session());
        KeyId key = application.key(wanted.key());
        reply.bytes(user.sign(key, Recovery.algorithm(wanted.mechanism()), wanted.data()));
    }

    /** The public key opens the signature, and what was signed comes out if it is one. */
    private void verifyRecover(MessageReader request, MessageWriter reply) {
        KeyedData wanted = KeyedData.read(request);
        Session user = application.user(wanted.session());
        KeyId key = application.key(wanted.key());
        Algorithm algorithm = Recovery.algorithm(wanted.mechanism());
        byte[] data = Recovery.open(user.describe(key), algorithm, wanted.data());
        if (!user.verify(key, algorithm, data, wanted.data())) {
            throw Ckr.SIGNATURE_INVALID.because("the signature is not one of this key");
        }
        reply.bytes(data);
        Arrays.fill(data, (byte) 0);
    }
}
