package org.cofferhsm.hsm.crypto.aes;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.CipherStream;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;

/**
 * AES in cipher block chaining mode with PKCS#7's padding (RFC 5652 §6.3): CKM_AES_CBC_PAD
 * (PKCS#11 v3.1 §6.13).
 *
 * <p>It wraps no keys: an unwrapping key is a padding oracle for whatever was wrapped under it. It does not authenticate. Whatever is wrong with a ciphertext is answered by the same words and without a cause;
 * still, a caller that tells others whether decryption succeeded is a padding oracle. New designs take AES-GCM.
 */
public final class AesCbcPad extends AesMode {

    public AesCbcPad(Engine engine) {
        super(MechanismType.AES_CBC_PAD, engine, "AES/CBC/PKCS5Padding");
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.AES_CBC_PAD,
                Set.of(Operation.ENCRYPT, Operation.DECRYPT),
                Set.of(KeyType.AES),
                128,
                256));
    }

    /** SP 800-38A F.2.5: the padding comes after the first block. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        Octets iv = Octets.ofHex("000102030405060708090a0b0c0d0e0f");
        checkFirstBlock(mechanism, Algorithm.aesCbcPad(iv), "f58c4c04d6e5f1ba779eabfb5f7bfbd6");
    }

    @Override
    public byte[] decrypt(EngineKey key, Algorithm algorithm, byte[] ciphertext) {
        if (ciphertext.length == 0) {
            throw undecipherable(); // engines let that pass, though even empty data has a block of padding
        }
        return super.decrypt(key, algorithm, ciphertext);
    }

    @Override
    public CipherStream startDecrypt(EngineKey key, Algorithm algorithm) {
        CipherStream blocks = super.startDecrypt(key, algorithm);
        return new CipherStream() {
            private boolean fed;

            @Override
            public byte[] update(byte[] data, int offset, int length) {
                fed |= length > 0;
                return blocks.update(data, offset, length);
            }

            @Override
            public byte[] finish() {
                if (!fed) {
                    throw undecipherable();
                }
                return blocks.finish();
            }
        };
    }

    @Override
    AlgorithmParameterSpec spec(Algorithm algorithm) {
        return iv(algorithm);
    }

    @Override
    HsmException undecipherable(GeneralSecurityException cause) {
        return undecipherable();
    }

    private static HsmException undecipherable() {
        return HsmException.encryptedDataInvalid(
                "the ciphertext does not decrypt under this key and IV; check that it is"
                        + " complete and that both are those it was made with");
    }
}
