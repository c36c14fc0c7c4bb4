package org.cofferhsm.hsm.crypto;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * The key pair that signs the audit log's checkpoints: ECDSA on P-256 with SHA-256, signatures in DER (FIPS 186-5, RFC
 * 3279 §2.2.3). Safe for use by several threads.
 *
 * <p>Encoded: the length of the private key's PKCS#8 in four bytes, big-endian; the PKCS#8; the SubjectPublicKeyInfo.
 */
public final class CheckpointKey {

    private static final String SIGNATURE = "SHA256withECDSA";

    private final Engine engine;
    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private CheckpointKey(Engine engine, PrivateKey privateKey, byte[] publicKey) {
        this.engine = engine;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new pair, whose halves have been checked to fit together. */
    public static CheckpointKey generate(Engine engine) {
        try {
            KeyPairGenerator generator = engine.keyPairGenerator("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), engine.random());
            KeyPair pair = generator.generateKeyPair();
            CheckpointKey key = new CheckpointKey(
                    engine, pair.getPrivate(), pair.getPublic().getEncoded());
            key.requirePair();
            return key;
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the engine made no key pair on P-256").causedBy(e);
        }
    }

    /** Reads what {@link #encoded} wrote; complains by {@code dataInvalid}. */
    public static CheckpointKey decode(Engine engine, SecretBytes encoded) {
        return encoded.use(bytes -> read(engine, ByteBuffer.wrap(bytes)));
    }

    private static CheckpointKey read(Engine engine, ByteBuffer in) {
        byte[] pkcs8 = new byte[0];
        try {
            pkcs8 = new byte[Math.min(in.getInt(), in.remaining())];
            in.get(pkcs8);
            byte[] spki = new byte[in.remaining()];
            in.get(spki);
            PrivateKey privateKey = engine.keyFactory("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new CheckpointKey(engine, privateKey, spki);
        } catch (BufferUnderflowException | NegativeArraySizeException | InvalidKeySpecException e) {
            throw HsmException.dataInvalid("the encoded checkpoint key is damaged")
                    .causedBy(e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /** Both halves, for the store; the caller closes it. */
    public SecretBytes encoded() {
        byte[] pkcs8 = privateKey.getEncoded();
        try {
            return SecretBytes.owning(ByteBuffer.allocate(Integer.BYTES + pkcs8.length + publicKey.length)
                    .putInt(pkcs8.length)
                    .put(pkcs8)
                    .put(publicKey)
                    .array());
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /** The public key as SubjectPublicKeyInfo, in DER. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** Signs a checkpoint. */
    public byte[] sign(byte[] data) {
        try {
            Signature signature = engine.signature(SIGNATURE);
            signature.initSign(privateKey);
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the engine refused to sign a checkpoint")
                    .causedBy(e);
        }
    }

    /**
     * Whether {@code signature} over {@code data} was made with the private half of {@code publicKey}; complains by
     * {@code dataInvalid} when that is no public key. Loads no native code, for verifying off-line.
     */
    public static boolean verify(byte[] publicKey, byte[] data, byte[] signature) {
        return verify(Engine.withoutNativeCode(), publicKey, data, signature);
    }

    private static boolean verify(Engine engine, byte[] publicKey, byte[] data, byte[] signed) {
        try {
            PublicKey key = engine.keyFactory("EC").generatePublic(new X509EncodedKeySpec(publicKey));
            Signature signature = engine.signature(SIGNATURE);
            signature.initVerify(key);
            signature.update(data);
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false; // the signature is not even DER
        } catch (GeneralSecurityException e) {
            throw HsmException.dataInvalid("the checkpoints' public key is not a key on an elliptic curve")
                    .causedBy(e);
        }
    }

    private void requirePair() {
        byte[] data = engine.randomBytes(32);
        if (!verify(engine, publicKey, data, sign(data))) {
            throw HsmException.selfTestFailed("the halves of a new checkpoint key do not fit together");
        }
    }
}
