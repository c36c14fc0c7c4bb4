package org.cofferhsm.hsm.crypto.rsa;

import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Parameters.Pss;

/** RSASSA-PSS on a digest that was made elsewhere, with any two hashes: what no JCA provider offers in one piece. */
record PssOnDigest(Engine engine) {

    byte[] sign(EngineKey key, Pss pss, byte[] digest) {
        PSSSigner signer = signer(key, pss);
        signer.init(true, RawRsa.parameters(engine, key));
        signer.update(digest, 0, digest.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw HsmException.internal("the engine failed in PSS; please report it")
                    .causedBy(e);
        }
    }

    boolean verify(EngineKey key, Pss pss, byte[] digest, byte[] signature) {
        if (signature.length != RsaInfos.bytes(key.bits())) {
            return false;
        }
        PSSSigner signer = signer(key, pss);
        signer.init(false, RawRsa.parameters(engine, key));
        signer.update(digest, 0, digest.length);
        return signer.verifySignature(signature);
    }

    private PSSSigner signer(EngineKey key, Pss pss) {
        return PSSSigner.createRawSigner(
                new RawRsa(engine, key),
                BouncyDigests.of(pss.hash()),
                BouncyDigests.of(pss.mgfHash()),
                pss.saltBytes(),
                PSSSigner.TRAILER_IMPLICIT);
    }
}
