package org.cofferhsm.hsm.migration;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.CryptokiException;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;

/**
 * The keys that exist for the time of one move: an RSA pair of this module, its public half in the other token, and
 * there an AES key where a move takes two steps. All are session objects, and destroyed by {@link #close}.
 */
final class TemporaryKeys implements AutoCloseable {

    /** As strong as AES-128 (SP 800-57 part 1, table 2). */
    private static final int RSA_BITS = 3072;

    static final String LABEL = "coffer-import-temporary";

    private final Session session;
    private final ForeignSession token;
    private final KeyPairIds pair;
    private final Deque<Long> made = new ArrayDeque<>();
    private final Map<CryptokiMechanism, WrappedAes> aesKeys = new HashMap<>();
    private final long publicHalfThere;

    /** An AES key there, and the same under the public half by OAEP. */
    private record WrappedAes(long handle, byte[] wrapped) {}

    TemporaryKeys(Session session, ForeignSession token) {
        this.session = session;
        this.token = token;
        this.pair = session.generate(KeyPairTemplate.rsa(RSA_BITS)
                .labelled(LABEL)
                .forSession()
                .allowing(Usage.UNWRAP)
                .with(
                        Attribute.ALLOWED_MECHANISMS,
                        Set.of(MechanismType.RSA_PKCS_OAEP, MechanismType.RSA_AES_KEY_WRAP)));
        this.publicHalfThere = takenThere();
    }

    private long takenThere() {
        try {
            return remembered(
                    token.create(publicHalf(session.describe(pair.publicKey()).attributes())));
        } catch (CryptokiException e) {
            close();
            throw HsmException.argumentInvalid("the other token does not take a public key to wrap under: " + e.text())
                    .causedBy(e);
        }
    }

    private static List<CryptokiAttribute> publicHalf(Attributes key) {
        return List.of(
                CryptokiAttribute.of(ObjectClass.PUBLIC_KEY),
                CryptokiAttribute.of(KeyType.RSA),
                CryptokiAttribute.flag(Attribute.TOKEN, false),
                CryptokiAttribute.flag(Attribute.PRIVATE, false),
                CryptokiAttribute.flag(Attribute.WRAP, true),
                CryptokiAttribute.text(Attribute.LABEL, LABEL),
                CryptokiAttribute.octets(Attribute.MODULUS, key.get(Attribute.MODULUS)),
                CryptokiAttribute.octets(Attribute.PUBLIC_EXPONENT, key.get(Attribute.PUBLIC_EXPONENT)));
    }

    KeyId unwrapping() {
        return pair.privateKey();
    }

    byte[] wrapUnderRsa(CryptokiMechanism mechanism, long key) {
        return token.wrap(mechanism, publicHalfThere, key);
    }

    /** The AES key under {@code oaep}, then the key under the AES key. */
    byte[] wrapUnderAes(CryptokiMechanism oaep, CryptokiMechanism keyWrap, long key) {
        WrappedAes aes = aes(oaep);
        byte[] second = token.wrap(keyWrap, aes.handle, key);
        byte[] both = Arrays.copyOf(aes.wrapped, aes.wrapped.length + second.length);
        System.arraycopy(second, 0, both, aes.wrapped.length, second.length);
        return both;
    }

    private WrappedAes aes(CryptokiMechanism oaep) {
        WrappedAes known = aesKeys.get(oaep);
        if (known != null) {
            return known;
        }
        long handle = remembered(token.generate(CryptokiMechanism.of(MechanismType.AES_KEY_GEN), aesTemplate()));
        WrappedAes fresh = new WrappedAes(handle, wrapUnderRsa(oaep, handle));
        aesKeys.put(oaep, fresh);
        return fresh;
    }

    private static List<CryptokiAttribute> aesTemplate() {
        return List.of(
                CryptokiAttribute.number(Attribute.VALUE_LENGTH.code(), Transport.AES_BITS / 8),
                CryptokiAttribute.flag(Attribute.TOKEN, false),
                CryptokiAttribute.flag(Attribute.PRIVATE, true),
                CryptokiAttribute.flag(Attribute.SENSITIVE, true),
                CryptokiAttribute.flag(Attribute.EXTRACTABLE, true),
                CryptokiAttribute.flag(Attribute.WRAP, true),
                CryptokiAttribute.text(Attribute.LABEL, LABEL));
    }

    private long remembered(long handle) {
        made.push(handle);
        return handle;
    }

    @Override
    public void close() {
        try {
            destroyThere();
        } finally {
            session.destroy(pair.privateKey());
            session.destroy(pair.publicKey());
        }
    }

    /** All of them, whatever becomes of one; then says what could not be destroyed. */
    private void destroyThere() {
        HsmException failure = null;
        while (!made.isEmpty()) {
            long handle = made.pop();
            try {
                token.destroy(handle);
            } catch (CryptokiException e) {
                failure = HsmException.argumentInvalid("the temporary session object " + handle
                                + " of the other token was not destroyed (" + e.text()
                                + "); it ends with the session, which is closed now")
                        .causedBy(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
