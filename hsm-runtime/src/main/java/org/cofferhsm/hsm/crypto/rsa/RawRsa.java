package org.cofferhsm.hsm.crypto.rsa;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;

/**
 * The engine's RSA primitive under Bouncy Castle's encodings. Amazon's provider has OAEP with SHA-1 only, and nobody has
 * PSS on a digest or with two hashes; so the encoding comes from one library and the exponentiation from the fast one.
 */
final class RawRsa implements AsymmetricBlockCipher {

    private final RsaTransformation primitive;
    private final Key key;
    private final int length;
    private boolean forward;

    RawRsa(Engine engine, EngineKey key) {
        this.primitive = RsaTransformation.raw(engine);
        this.key = key.jca();
        this.length = RsaInfos.bytes(key.bits());
    }

    /** What the encodings want to see of a key: its modulus, and a source of randomness. */
    static CipherParameters parameters(Engine engine, EngineKey key) {
        RsaPublicPart part = RsaPublicPart.of(key);
        boolean checked = true; // when the key was read; the check of this class takes milliseconds
        return new ParametersWithRandom(
                new RSAKeyParameters(false, part.modulus(), part.exponent(), checked), engine.random());
    }

    @Override
    public void init(boolean forEncryption, CipherParameters parameters) {
        forward = forEncryption;
    }

    @Override
    public int getInputBlockSize() {
        return forward ? length - 1 : length;
    }

    @Override
    public int getOutputBlockSize() {
        return forward ? length : length - 1;
    }

    @Override
    public byte[] processBlock(byte[] in, int offset, int count) throws InvalidCipherTextException {
        byte[] block = new byte[length];
        try {
            System.arraycopy(in, offset, block, length - count, count);
            return forward ? primitive.seal(key, block) : withoutLeadingZero(primitive.open(key, block));
        } catch (GeneralSecurityException e) {
            throw new InvalidCipherTextException("the block is not one for this key", e);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** The encodings take a block that is one byte shorter than the modulus; a longer one they refuse. */
    private static byte[] withoutLeadingZero(byte[] block) {
        byte[] shorter = Arrays.copyOfRange(block, block[0] == 0 ? 1 : 0, block.length);
        Arrays.fill(block, (byte) 0);
        return shorter;
    }
}
