package org.cofferhsm.hsm.crypto.aes;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.MacStream;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.Pool;
import org.cofferhsm.hsm.crypto.SecretKeys;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.crypto.VerifyStream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;

/**
 * The cipher-based MAC with AES, all 16 bytes of it: CKM_AES_CMAC (SP 800-38B, RFC 4493, PKCS#11 v3.1 §6.16). Bouncy
 * Castle's CMAC over the JDK's AES, which runs in constant time where the processor has AES instructions.
 */
public final class AesCmac extends Mechanism {

    private final Engine engine;
    private final Pool<Cipher> ciphers;

    public AesCmac(Engine engine) {
        this.engine = engine;
        this.ciphers = new Pool<>(this::fresh);
    }

    @Override
    public List<MechanismInfo> infos() {
        return List.of(new MechanismInfo(
                MechanismType.AES_CMAC, Set.of(Operation.SIGN, Operation.VERIFY), Set.of(KeyType.AES), 128, 256));
    }

    /** RFC 4493 §4, example 3. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        HexFormat hex = HexFormat.of();
        EngineKey key = SecretKeys.owning(KeyType.AES, hex.parseHex("2b7e151628aed2a6abf7158809cf4f3c"));
        byte[] data = hex.parseHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411");
        expect(mechanism, "dfa66747de9ae63030ca32611497c827", sign(key, Algorithm.AES_CMAC, data));
    }

    @Override
    public byte[] sign(EngineKey key, Algorithm algorithm, byte[] data) {
        parameters(algorithm, Parameters.None.class);
        Cipher cipher = ciphers.take();
        CmacComputation mac = keyed(cipher, key);
        mac.update(data, 0, data.length);
        byte[] result = mac.finish();
        ciphers.give(cipher);
        return result;
    }

    @Override
    public boolean verify(EngineKey key, Algorithm algorithm, byte[] data, byte[] signature) {
        return MessageDigest.isEqual(sign(key, algorithm, data), signature);
    }

    @Override
    public SignStream startSign(EngineKey key, Algorithm algorithm) {
        return start(key, algorithm);
    }

    @Override
    public VerifyStream startVerify(EngineKey key, Algorithm algorithm) {
        return start(key, algorithm).verifying();
    }

    @Override
    public void forget() {
        ciphers.forget();
    }

    private MacStream start(EngineKey key, Algorithm algorithm) {
        parameters(algorithm, Parameters.None.class);
        CmacComputation mac = keyed(fresh(), key);
        return new MacStream(mac::update, mac::finish);
    }

    private Cipher fresh() {
        return engine.cipher("AES/ECB/NoPadding");
    }

    private static CmacComputation keyed(Cipher cipher, EngineKey key) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key.jca());
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the engine refused a checked AES key").causedBy(e);
        }
        return new CmacComputation(cipher);
    }
}
