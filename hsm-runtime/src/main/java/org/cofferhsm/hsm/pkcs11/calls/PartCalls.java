package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Arrays;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.pkcs11.terms.Algorithms;
import org.cofferhsm.hsm.pkcs11.terms.CounterRoom;
import org.cofferhsm.hsm.pkcs11.terms.SignatureLengths;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.pkcs11.wire.Part;
import org.cofferhsm.hsm.pkcs11.wire.PartKind;
import org.cofferhsm.hsm.pkcs11.wire.SessionObject;
import org.cofferhsm.hsm.pkcs11.wire.Start;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.KeptMemory;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Operations in parts of all kinds (PKCS#11 v3.1 §5.8 to §5.16). */
final class PartCalls {

    private static final byte[] NOTHING = {};

    private final Application application;
    private final KeptMemory.Share memory;

    PartCalls(Application application, KeptMemory.Share memory) {
        this.application = application;
        this.memory = memory;
    }

    void addTo(CallTable calls) {
        calls.on(Operation.START, this::start)
                .on(Operation.UPDATE, this::update)
                .on(Operation.FINISH, this::finish)
                .on(Operation.CANCEL, this::cancel)
                .on(Operation.DIGEST_KEY, this::digestKey);
    }

    private void start(MessageReader request, MessageWriter reply) {
        Start wanted = Start.read(request);
        RunningParts running = application.sessions().require(wanted.session()).running();
        Algorithm algorithm = wanted.kind() == PartKind.DECRYPT
                ? Algorithms.forDecryption(wanted.mechanism())
                : Algorithms.of(wanted.mechanism());
        byte[] ready = running.start(wanted.kind(), () -> begin(wanted, algorithm), wanted.part());
        if (wanted.kind() == PartKind.ENCRYPT && Algorithms.returnsIv(wanted.mechanism(), algorithm)) {
            reply.bytes(Arrays.copyOf(ready, CipherCalls.MODULE_IV_BYTES))
                    .bytes(Arrays.copyOfRange(ready, CipherCalls.MODULE_IV_BYTES, ready.length));
        } else {
            reply.bytes(NOTHING).bytes(ready);
        }
    }

    private RunningPart begin(Start wanted, Algorithm algorithm) {
        if (wanted.kind() == PartKind.DIGEST) {
            return new DigestPart(application.hsm().publicEngine().startDigest(algorithm));
        }
        Session user = application.login().require();
        KeyId key = application.key(wanted.key());
        CounterRoom room = CounterRoom.of(wanted.mechanism());
        Gathering gathering = new Gathering(memory, wanted.kind(), algorithm);
        return switch (wanted.kind()) {
            case ENCRYPT -> new CipherPart(user.startEncrypt(key, algorithm), room, gathering);
            case DECRYPT -> new CipherPart(user.startDecrypt(key, algorithm), room, gathering);
            case SIGN -> new SignPart(user.startSign(key, algorithm), gathering);
            case VERIFY ->
                new VerifyPart(
                        user.startVerify(key, algorithm),
                        length -> SignatureLengths.refusal(user.describe(key), algorithm, length),
                        gathering);
            case DIGEST -> throw new IllegalStateException("a digest has no key");
        };
    }

    private void update(MessageReader request, MessageWriter reply) {
        Part part = Part.read(request);
        reply.bytes(running(part).update(part.kind(), part.bytes()));
    }

    private void finish(MessageReader request, MessageWriter reply) {
        Part part = Part.read(request);
        reply.bytes(running(part).finish(part.kind(), part.bytes()));
    }

    private RunningParts running(Part part) {
        return application.sessions().require(part.session()).running();
    }

    private void cancel(MessageReader request, MessageWriter reply) {
        long session = request.u64();
        int kind = request.u8();
        request.end();
        RunningParts running = application.sessions().require(session).running();
        if (kind == 0) {
            running.cancelAll();
        } else {
            running.cancel(PartKind.of(kind));
        }
    }

    /** A key that is digested leaves the module by its digest, so it has to be one that may leave in the clear. */
    private void digestKey(MessageReader request, MessageWriter reply) {
        SessionObject wanted = SessionObject.read(request);
        Session user = application.user(wanted.session());
        RunningParts running = application.sessions().require(wanted.session()).running();
        running.requireRunning(PartKind.DIGEST);
        byte[] value = DigestibleKey.value(user, application.key(wanted.object()));
        running.update(PartKind.DIGEST, value);
        Arrays.fill(value, (byte) 0);
    }
}
