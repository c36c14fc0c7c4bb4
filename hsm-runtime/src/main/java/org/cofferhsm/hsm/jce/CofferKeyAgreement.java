package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Diffie-Hellman with a private key of the module (SP 800-56A, RFC 7748). {@code generateSecret("AES")} and the like keep
 * the result in the module; {@code generateSecret()} and {@code generateSecret("TlsPremasterSecret")} hand it out, as
 * their callers must have it.
 */
final class CofferKeyAgreement extends KeyAgreementSpi {

    private static final String TLS_PREMASTER = "TlsPremasterSecret";

    private final KeyType type;
    private final Optional<Hash> x963Hash;
    private Optional<KeyTemplate> template = Optional.empty();
    private @Nullable Handle key;
    private @Nullable Octets peer;

    /**
     * @param x963Hash the hash of ANSI X9.63's key derivation, when the name of the algorithm has one
     */
    CofferKeyAgreement(KeyType type, Optional<Hash> x963Hash) {
        this.type = type;
        this.x963Hash = x963Hash;
    }

    @Override
    protected void engineInit(Key newKey, @Nullable SecureRandom random) throws InvalidKeyException {
        Handle handle = Handle.of(newKey);
        if (!handle.isOf(ObjectClass.PRIVATE_KEY) || handle.type() != type) {
            throw new InvalidKeyException("the agreement takes a private key of the type " + type);
        }
        template = Optional.empty();
        peer = null;
        key = handle;
    }

    @Override
    protected void engineInit(Key newKey, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null && !(parameters instanceof CofferKeySpec)) {
            throw new InvalidAlgorithmParameterException("a key agreement takes no parameters but a CofferKeySpec");
        }
        engineInit(newKey, random);
        template =
                Optional.ofNullable(parameters).map(CofferKeySpec.class::cast).map(CofferKeySpec::template);
    }

    @Override
    protected @Nullable Key engineDoPhase(Key publicKey, boolean lastPhase) throws InvalidKeyException {
        if (!lastPhase) {
            throw new IllegalStateException("Diffie-Hellman of two parties has one phase");
        }
        peer = PeerKeys.encoded(publicKey, current());
        return null;
    }

    @Override
    protected byte[] engineGenerateSecret() {
        KeyTemplate readable = KeyTemplate.secret(KeyType.GENERIC_SECRET)
                .with(Attribute.SENSITIVE, false)
                .extractable()
                .forSession();
        Session session = current().session();
        KeyId secret = Failures.unchecked(() -> derive(readable));
        try {
            return Failures.unchecked(() -> session.value(secret));
        } finally {
            session.destroy(secret);
        }
    }

    @Override
    protected int engineGenerateSecret(byte[] output, int offset) throws ShortBufferException {
        Octets again = peer;
        byte[] secret = engineGenerateSecret();
        try {
            if (output.length - offset < secret.length) {
                peer = again;
                throw new ShortBufferException("the secret has " + secret.length + " bytes");
            }
            System.arraycopy(secret, 0, output, offset, secret.length);
            return secret.length;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    protected SecretKey engineGenerateSecret(String name) throws NoSuchAlgorithmException, InvalidKeyException {
        if (name.equalsIgnoreCase(TLS_PREMASTER)) {
            return premaster();
        }
        KeyTemplate wanted = template.isPresent() ? template.get() : usual(KeyNames.secret(name));
        KeyId secret = Failures.withKey(() -> derive(wanted));
        return new KeyHandles(current().connection()).secretKey(secret);
    }

    private SecretKey premaster() {
        byte[] secret = engineGenerateSecret();
        try {
            return new SecretKeySpec(secret, TLS_PREMASTER);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** An AES key is made of the first 32 bytes; other secrets are as long as what was agreed on. */
    private static KeyTemplate usual(KeyType wanted) {
        KeyTemplate template = Defaults.secret(wanted);
        return wanted == KeyType.AES ? template.with(Attribute.VALUE_LENGTH, 32L) : template;
    }

    private KeyId derive(KeyTemplate wanted) {
        Octets other = peer;
        if (other == null) {
            throw new IllegalStateException("the other side's public key is missing; call doPhase");
        }
        Handle base = current();
        peer = null;
        Algorithm algorithm =
                new Algorithm(MechanismType.ECDH1_DERIVE, new Parameters.Ecdh(other, x963Hash, Octets.EMPTY));
        return base.session().derive(base.id(), algorithm, wanted);
    }

    private Handle current() {
        if (key == null) {
            throw new IllegalStateException("the key agreement has no key yet");
        }
        return key;
    }
}
