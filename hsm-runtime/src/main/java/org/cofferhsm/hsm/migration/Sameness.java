package org.cofferhsm.hsm.migration;

import java.security.MessageDigest;
import java.util.Optional;
import org.cofferhsm.hsm.cryptoki.CryptokiException;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/**
 * Whether the key here is the key there: by the check value of a secret key, and for a private key by one signature made
 * there and one made here, both verified under the public half that the other token tells.
 */
record Sameness(Session session, ForeignSession token) {

    private static final String CHECK_VALUE = "check value";
    private static final String SIGNATURE = "signature";
    private static final String NOTHING = "not compared: the other token tells nothing to compare by";
    private static final int CHALLENGE_BYTES = 32;

    /** What shows it, in words; complains by {@code wrappedKeyInvalid} when they differ. */
    String proof(ForeignObject there, ObjectInfo here) {
        return here.attributes().get(Attribute.CLASS) == ObjectClass.SECRET_KEY
                ? byCheckValue(there, here)
                : byPublicHalf(there, here);
    }

    private static String byCheckValue(ForeignObject there, ObjectInfo here) {
        Optional<Octets> expected = there.octets(Attribute.CHECK_VALUE.code());
        expected.ifPresent(value -> require(sameOctets(value, here.attributes().get(Attribute.CHECK_VALUE)), there));
        return expected.isPresent() ? CHECK_VALUE : NOTHING;
    }

    private String byPublicHalf(ForeignObject there, ObjectInfo here) {
        Optional<byte[]> publicHalf = PublicValue.of(there)
                .or(() -> new ForeignObjects(token).publicHalf(there).flatMap(PublicValue::of));
        return publicHalf.map(value -> underPublicHalf(value, there, here)).orElse(NOTHING);
    }

    private String underPublicHalf(byte[] value, ForeignObject there, ObjectInfo here) {
        KeyId publicHalf = session.create(
                Attributes.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                        .with(Attribute.TOKEN, false)
                        .with(Attribute.VERIFY, true),
                value);
        try {
            Octets expected = session.describe(publicHalf).attributes().get(Attribute.CHECK_VALUE);
            require(sameOctets(expected, here.attributes().get(Attribute.CHECK_VALUE)), there);
            return bySignatures(publicHalf, there, here);
        } finally {
            session.destroy(publicHalf);
        }
    }

    private String bySignatures(KeyId publicHalf, ForeignObject there, ObjectInfo here) {
        Optional<Algorithm> algorithm = there.keyType().flatMap(Sameness::signature);
        if (algorithm.isEmpty() || !here.attributes().is(Attribute.SIGN)) {
            return CHECK_VALUE;
        }
        byte[] challenge = session.random(CHALLENGE_BYTES);
        byte[] ours = session.sign(here.id(), algorithm.get(), challenge);
        require(session.verify(publicHalf, algorithm.get(), challenge, ours), there);
        try {
            CryptokiMechanism mechanism = CryptokiMechanism.of(algorithm.get().type());
            byte[] theirs = token.sign(mechanism, there.handle(), challenge);
            require(session.verify(publicHalf, algorithm.get(), challenge, theirs), there);
            return SIGNATURE;
        } catch (CryptokiException e) {
            return SIGNATURE + " made here only (there " + e.text() + ")";
        }
    }

    private static Optional<Algorithm> signature(KeyType type) {
        return switch (type) {
            case RSA -> Optional.of(Algorithm.SHA256_RSA_PKCS);
            case EC -> Optional.of(Algorithm.ECDSA);
            case EC_EDWARDS -> Optional.of(Algorithm.EDDSA);
            default -> Optional.empty();
        };
    }

    private static boolean sameOctets(Octets one, Octets other) {
        return MessageDigest.isEqual(one.toByteArray(), other.toByteArray());
    }

    private static void require(boolean same, ForeignObject there) {
        if (!same) {
            throw HsmException.wrappedKeyInvalid("the key \"" + there.label()
                    + "\" that arrived is not the key in the other token; it was destroyed here");
        }
    }
}
