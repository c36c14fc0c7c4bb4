package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.crypto.CipherStream;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.crypto.VerifyStream;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.CipherOperation;
import org.cofferhsm.hsm.session.DigestOperation;
import org.cofferhsm.hsm.session.SignOperation;
import org.cofferhsm.hsm.session.VerifyOperation;

/**
 * Uses in parts. Encryption and decryption release output as they go, so they are recorded when they start; signatures
 * and verifications are recorded with their result.
 */
final class StreamCalls {

    private final KeyUses uses;
    private final SessionLife life;
    private final ModuleParts parts;

    StreamCalls(KeyUses uses, ModuleParts parts, SessionLife life) {
        this.life = life;
        this.uses = uses;
        this.parts = parts;
    }

    CipherOperation startEncrypt(KeyId key, Algorithm algorithm) {
        KeyUses.Use use = KeyUses.Use.of(Usage.ENCRYPT, key, algorithm);
        CipherStream stream = uses.run(use, (mechanism, engineKey) -> mechanism.startEncrypt(engineKey, algorithm));
        return new LocalCipherOperation(stream, uses.call(use), parts.recorder(), new Progress(life));
    }

    CipherOperation startDecrypt(KeyId key, Algorithm algorithm) {
        KeyUses.Use use = KeyUses.Use.of(Usage.DECRYPT, key, algorithm);
        CipherStream stream = uses.run(use, (mechanism, engineKey) -> mechanism.startDecrypt(engineKey, algorithm));
        return new LocalCipherOperation(stream, uses.call(use), parts.recorder(), new Progress(life));
    }

    SignOperation startSign(KeyId key, Algorithm algorithm) {
        KeyUses.Use use = KeyUses.Use.of(Usage.SIGN, key, algorithm);
        Call call = uses.call(use);
        SignStream stream = parts.recorder()
                .change(
                        call,
                        () -> uses.allowed(use, (mechanism, engineKey) -> mechanism.startSign(engineKey, algorithm)));
        return new LocalSignOperation(stream, call, parts.recorder(), new Progress(life));
    }

    VerifyOperation startVerify(KeyId key, Algorithm algorithm) {
        KeyUses.Use use = KeyUses.Use.of(Usage.VERIFY, key, algorithm);
        Call call = uses.call(use);
        VerifyStream stream = parts.recorder()
                .change(
                        call,
                        () -> uses.allowed(use, (mechanism, engineKey) -> mechanism.startVerify(engineKey, algorithm)));
        return new LocalVerifyOperation(stream, call, parts.recorder(), new Progress(life));
    }

    DigestOperation startDigest(Algorithm algorithm) {
        return new LocalDigestOperation(
                parts.mechanisms().ready(algorithm, Operation.DIGEST).startDigest(algorithm), new Progress(life));
    }
}
