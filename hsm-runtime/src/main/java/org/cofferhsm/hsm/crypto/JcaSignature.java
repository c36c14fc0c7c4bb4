package org.cofferhsm.hsm.crypto;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.function.Supplier;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A JCA signature algorithm that hashes what it signs: in one call, or in parts.
 *
 * <p>Each operation makes a fresh {@link Signature}. Keeping one per thread was measured and gains less than 5 %, since
 * the engine's key object is used in place; it would keep the last key alive for as long as the thread.
 *
 * @param engine makes a new signature object with its parameters set
 */
public record JcaSignature(Supplier<Signature> engine) {

    public byte[] sign(PrivateKey key, byte[] data) {
        SignStream stream = startSign(key);
        stream.update(data, 0, data.length);
        return stream.finish();
    }

    /** Whether the signature is authentic; one that is malformed is not. */
    public boolean verify(PublicKey key, byte[] data, byte[] signature) {
        VerifyStream stream = startVerify(key);
        stream.update(data, 0, data.length);
        return stream.finish(signature);
    }

    public SignStream startSign(PrivateKey key) {
        Signature signature = engine.get();
        try {
            signature.initSign(key);
        } catch (InvalidKeyException e) {
            throw failed(signature, e);
        }
        return new Signing(signature);
    }

    public VerifyStream startVerify(PublicKey key) {
        Signature signature = engine.get();
        try {
            signature.initVerify(key);
        } catch (InvalidKeyException e) {
            throw failed(signature, e);
        }
        return new Verifying(signature);
    }

    private static void update(Signature signature, byte[] data, int offset, int length) {
        try {
            signature.update(data, offset, length);
        } catch (SignatureException e) {
            throw failed(signature, e);
        }
    }

    private static HsmException failed(Signature signature, Exception cause) {
        return HsmException.internal("the engine " + signature.getProvider().getName() + " failed in "
                        + signature.getAlgorithm() + "; please report it")
                .causedBy(cause);
    }

    private record Signing(Signature signature) implements SignStream {

        @Override
        public void update(byte[] data, int offset, int length) {
            JcaSignature.update(signature, data, offset, length);
        }

        @Override
        public byte[] finish() {
            try {
                return signature.sign();
            } catch (SignatureException e) {
                throw failed(signature, e);
            }
        }
    }

    private record Verifying(Signature signature) implements VerifyStream {

        @Override
        public void update(byte[] data, int offset, int length) {
            JcaSignature.update(signature, data, offset, length);
        }

        @Override
        public boolean finish(byte[] bytes) {
            try {
                return signature.verify(bytes);
            } catch (SignatureException e) {
                return false; // engines complain so of a signature of the wrong length or form
            }
        }
    }
}
