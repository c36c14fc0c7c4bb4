package org.cofferhsm.hsm.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;

/** The public key by which checkpoints are verified: ECDSA with SHA-256 (FIPS 186-5) and a key in X.509 form. */
final class CheckpointKey {

    private final PublicKey key;

    private CheckpointKey(PublicKey key) {
        this.key = key;
    }

    /** The key that these bytes encode, if they do. */
    static Optional<CheckpointKey> of(Octets encoded) {
        try {
            X509EncodedKeySpec spec = new X509EncodedKeySpec(encoded.toByteArray());
            return Optional.of(new CheckpointKey(KeyFactory.getInstance("EC").generatePublic(spec)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // bytes of a log: what is not a key verifies nothing
        }
    }

    boolean verifies(Checkpoint checkpoint) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(key);
            signature.update(checkpoint.signed());
            return signature.verify(checkpoint.signature());
        } catch (GeneralSecurityException e) {
            return false; // bytes of a log: what is not a signature does not sign
        }
    }
}
