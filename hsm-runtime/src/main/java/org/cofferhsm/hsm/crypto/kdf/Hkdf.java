package org.cofferhsm.hsm.crypto.kdf;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.SecretBytes;

/** The HMAC-based extract-and-expand key derivation: CKM_HKDF_DERIVE (RFC 5869, PKCS#11 v3.1 §6.62). */
public final class Hkdf extends Mechanism {

    private final Engine engine;

    public Hkdf(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.HKDF_DERIVE,
                Set.of(Operation.DERIVE),
                Set.of(KeyType.GENERIC_SECRET),
                8,
                SecretKeys.MAX_BYTES * 8));
    }

    /** RFC 5869 A.1. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        byte[] secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);
        byte[] output = new HkdfFunction(engine, Hash.SHA256)
                .derive(
                        secret,
                        HexFormat.of().parseHex("000102030405060708090a0b0c"),
                        HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9"),
                        42);
        expect(
                mechanism,
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
                output);
    }

    @Override
    public SecretBytes derive(EngineKey key, Algorithm algorithm, int bytes) {
        Parameters.Hkdf parameters = parameters(algorithm, Parameters.Hkdf.class);
        HkdfFunction hkdf = new HkdfFunction(engine, parameters.hash());
        byte[] secret = key.jca().getEncoded();
        try {
            return SecretBytes.owning(hkdf.derive(
                    secret,
                    parameters.salt().toByteArray(),
                    parameters.info().toByteArray(),
                    bytes == 0 ? parameters.hash().bytes() : bytes));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
