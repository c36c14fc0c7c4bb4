package org.cofferhsm.hsm.crypto.mac;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
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
 * The keyed-hash MAC, as long as its hash: CKM_SHA_1_HMAC to CKM_SHA512_HMAC (FIPS 198-1, RFC 2104, PKCS#11 v3.1 §6.20 to
 * §6.25). Keys of less than 112 bits work, but SP 800-131A disallows them for making MACs.
 */
public final class Hmac extends Mechanism {

    private final Engine engine;
    private final Map<MechanismType, Pool<Mac>> macs = new EnumMap<>(MechanismType.class);

    public Hmac(Engine engine) {
        this.engine = engine;
        for (HmacHash hash : HmacHash.values()) {
            macs.put(hash.mechanism(), new Pool<>(() -> engine.mac(hash.jcaName())));
        }
    }

    @Override
    public List<MechanismInfo> infos() {
        return Arrays.stream(HmacHash.values())
                .map(hash -> new MechanismInfo(
                        hash.mechanism(),
                        Set.of(Operation.SIGN, Operation.VERIFY),
                        hash.keyTypes(),
                        8,
                        SecretKeys.MAX_BYTES * 8))
                .toList();
    }

    /** RFC 2202 §3 and RFC 4231 §4.3, case 2. */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        byte[] key = "Jefe".getBytes(StandardCharsets.US_ASCII);
        byte[] data = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
        expect(
                mechanism,
                HmacHash.of(mechanism.type()).knownAnswer(),
                sign(SecretKeys.copyOf(KeyType.GENERIC_SECRET, key), Algorithm.of(mechanism.type()), data));
    }

    @Override
    public byte[] sign(EngineKey key, Algorithm algorithm, byte[] data) {
        parameters(algorithm, Parameters.None.class);
        Pool<Mac> pool = pool(algorithm);
        Mac mac = pool.take();
        initialize(mac, key);
        byte[] result = mac.doFinal(data);
        pool.give(mac);
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
        macs.values().forEach(Pool::forget);
    }

    private MacStream start(EngineKey key, Algorithm algorithm) {
        parameters(algorithm, Parameters.None.class);
        Mac mac = engine.mac(HmacHash.of(algorithm.type()).jcaName());
        initialize(mac, key);
        return new MacStream(mac::update, mac::doFinal);
    }

    private Pool<Mac> pool(Algorithm algorithm) {
        Pool<Mac> pool = macs.get(algorithm.type());
        if (pool == null) {
            throw refused(algorithm, Operation.SIGN);
        }
        return pool;
    }

    private static void initialize(Mac mac, EngineKey key) {
        try {
            mac.init(key.jca());
        } catch (InvalidKeyException e) {
            throw HsmException.internal("the engine refused a checked HMAC key").causedBy(e);
        }
    }
}
