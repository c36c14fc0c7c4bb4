package org.cofferhsm.hsm.migration;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;

/** A way for a key from the other token to this module, under an RSA key of this module. */
sealed interface Transport {

    int AES_BITS = 256;

    /** Those that may work for a key of this class in a token with these mechanisms, the best first. */
    static List<Transport> suitable(ObjectClass objectClass, Set<Long> mechanisms) {
        return all().filter(transport -> transport.suits(objectClass, mechanisms))
                .toList();
    }

    /** No token says which hashes its OAEP takes, so each is tried. */
    private static Stream<Transport> all() {
        long kwp = MechanismType.AES_KEY_WRAP_KWP.code();
        long pad = CryptokiMechanism.AES_KEY_WRAP_PAD;
        return Stream.of(
                new RsaAes(Hash.SHA256),
                new RsaAes(Hash.SHA1),
                new Oaep(Hash.SHA256),
                new Oaep(Hash.SHA1),
                new TwoSteps(Hash.SHA256, kwp),
                new TwoSteps(Hash.SHA1, kwp),
                new TwoSteps(Hash.SHA256, pad),
                new TwoSteps(Hash.SHA1, pad));
    }

    boolean suits(ObjectClass objectClass, Set<Long> mechanisms);

    /** The key as the other token wraps it; complains by a {@code CryptokiException}. */
    byte[] wrap(ForeignObject key, TemporaryKeys keys);

    /** How it is unwrapped here. */
    Algorithm algorithm();

    /** CKM_RSA_AES_KEY_WRAP, done by the token. */
    record RsaAes(Hash hash) implements Transport {

        @Override
        public boolean suits(ObjectClass objectClass, Set<Long> mechanisms) {
            return mechanisms.contains(MechanismType.RSA_AES_KEY_WRAP.code());
        }

        @Override
        public byte[] wrap(ForeignObject key, TemporaryKeys keys) {
            return keys.wrapUnderRsa(CryptokiMechanism.rsaAes(AES_BITS, hash), key.handle());
        }

        @Override
        public Algorithm algorithm() {
            return Algorithm.rsaAes(AES_BITS, hash);
        }

        @Override
        public String toString() {
            return "RSA_AES_KEY_WRAP with " + hash.standardName();
        }
    }

    /** CKM_RSA_PKCS_OAEP, which has room for a secret key. */
    record Oaep(Hash hash) implements Transport {

        @Override
        public boolean suits(ObjectClass objectClass, Set<Long> mechanisms) {
            return objectClass == ObjectClass.SECRET_KEY && mechanisms.contains(MechanismType.RSA_PKCS_OAEP.code());
        }

        @Override
        public byte[] wrap(ForeignObject key, TemporaryKeys keys) {
            return keys.wrapUnderRsa(CryptokiMechanism.oaep(hash), key.handle());
        }

        @Override
        public Algorithm algorithm() {
            return Algorithm.rsaOaep(hash);
        }

        @Override
        public String toString() {
            return "RSA_PKCS_OAEP with " + hash.standardName();
        }
    }

    /**
     * What CKM_RSA_AES_KEY_WRAP does, by two calls, for tokens that lack it: a fresh AES key of the token under OAEP,
     * and the key under that AES key by KWP (PKCS#11 v3.1 §6.1.21, RFC 5649).
     *
     * @param kwp the token's number for KWP
     */
    record TwoSteps(Hash hash, long kwp) implements Transport {

        @Override
        public boolean suits(ObjectClass objectClass, Set<Long> mechanisms) {
            return mechanisms.containsAll(
                    Set.of(MechanismType.RSA_PKCS_OAEP.code(), MechanismType.AES_KEY_GEN.code(), kwp));
        }

        @Override
        public byte[] wrap(ForeignObject key, TemporaryKeys keys) {
            return keys.wrapUnderAes(CryptokiMechanism.oaep(hash), CryptokiMechanism.plain(kwp), key.handle());
        }

        @Override
        public Algorithm algorithm() {
            return Algorithm.rsaAes(AES_BITS, hash);
        }

        @Override
        public String toString() {
            return "RSA_PKCS_OAEP with " + hash.standardName() + " and AES key wrap (0x" + Long.toHexString(kwp) + ")";
        }
    }
}
