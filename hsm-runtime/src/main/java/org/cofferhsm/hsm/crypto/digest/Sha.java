package org.cofferhsm.hsm.crypto.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.MacStream;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.MechanismInfo;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SignStream;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;

/** The hash functions CKM_SHA_1 to CKM_SHA512 (FIPS 180-4, PKCS#11 v3.1 §6.20 to §6.25). */
public final class Sha extends Mechanism {

    private static final Map<MechanismType, Hash> HASHES = new EnumMap<>(Map.of(
            MechanismType.SHA_1, Hash.SHA1,
            MechanismType.SHA224, Hash.SHA224,
            MechanismType.SHA256, Hash.SHA256,
            MechanismType.SHA384, Hash.SHA384,
            MechanismType.SHA512, Hash.SHA512));

    private final Engine engine;

    public Sha(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<MechanismInfo> infos() {
        return HASHES.keySet().stream()
                .map(type -> new MechanismInfo(type, Set.of(Operation.DIGEST), Set.of(), 0, 0))
                .toList();
    }

    /** FIPS 180's one-block example, "abc". */
    @Override
    public void selfTest(MechanismInfo mechanism) {
        String known = switch (hash(Algorithm.of(mechanism.type()))) {
            case SHA1 -> "a9993e364706816aba3e25717850c26c9cd0d89d";
            case SHA224 -> "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7";
            case SHA256 -> "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
            case SHA384 ->
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed" + "8086072ba1e7cc2358baeca134c825a7";
            case SHA512 ->
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
        };
        expect(mechanism, known, digest(Algorithm.of(mechanism.type()), "abc".getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public byte[] digest(Algorithm algorithm, byte[] data) {
        return messageDigest(algorithm).digest(data);
    }

    @Override
    public SignStream startDigest(Algorithm algorithm) {
        MessageDigest digest = messageDigest(algorithm);
        return new MacStream(digest::update, digest::digest);
    }

    private MessageDigest messageDigest(Algorithm algorithm) {
        parameters(algorithm, Parameters.None.class);
        return engine.messageDigest(hash(algorithm).standardName());
    }

    private static Hash hash(Algorithm algorithm) {
        Hash hash = HASHES.get(algorithm.type());
        if (hash == null) {
            throw refused(algorithm, Operation.DIGEST);
        }
        return hash;
    }
}
