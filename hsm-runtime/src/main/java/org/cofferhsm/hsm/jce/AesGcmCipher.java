package org.cofferhsm.hsm.jce;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.GCMParameterSpec;
import org.cofferhsm.hsm.der.DerInput;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.CipherOperation;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM (SP 800-38D): ciphertext with the tag behind it, as everywhere in the JCA. What the rules for IVs are says
 * {@link GcmIv}.
 */
final class AesGcmCipher extends BulkCipher {

    private final ByteArrayOutputStream aad = new ByteArrayOutputStream();
    private int opmode;
    private Optional<CofferKeySpec> keySpec = Optional.empty();
    private @Nullable Handle key;
    private @Nullable GcmIv iv;
    private @Nullable GcmIv lastUsed;

    AesGcmCipher() {
        super(new ParameterForm("GCM", GCMParameterSpec.class));
    }

    @Override
    void init(int newMode, Handle newKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        abandon();
        aad.reset();
        key = null;
        requireUsage(newKey, newMode);
        Optional<CofferKeySpec> wanted =
                parameters instanceof CofferKeySpec spec ? Optional.of(spec) : Optional.empty();
        AlgorithmParameterSpec gcm = wanted.isPresent() ? wanted.get().cipher().orElse(null) : parameters;
        iv = protects(newMode) ? GcmIv.toProtect(newKey, gcm, lastUsed) : GcmIv.toOpen(newKey, gcm);
        opmode = newMode;
        keySpec = wanted;
        key = newKey;
    }

    private static boolean protects(int mode) {
        return mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
    }

    @Override
    CipherOperation start() {
        Handle current = current();
        GcmIv currentIv = currentIv();
        Algorithm algorithm = currentIv.algorithm(Octets.of(aad.toByteArray()));
        if (opmode == Cipher.DECRYPT_MODE) {
            return current.session().startDecrypt(current.id(), algorithm);
        }
        currentIv.requireFresh();
        return currentIv.reading(current.session().startEncrypt(current.id(), algorithm));
    }

    @Override
    protected void engineUpdateAAD(byte[] data, int offset, int length) {
        if (underWay()) {
            throw new IllegalStateException("additional data come before the data");
        }
        aad.write(data, offset, length);
    }

    @Override
    protected void engineUpdateAAD(ByteBuffer data) {
        byte[] bytes = DerInput.bytes(data);
        engineUpdateAAD(bytes, 0, bytes.length);
    }

    @Override
    byte[] ending(Supplier<byte[]> finish) throws IllegalBlockSizeException, BadPaddingException {
        return Failures.opening(finish);
    }

    @Override
    void ended() {
        super.ended();
        aad.reset();
        if (protects(opmode)) {
            currentIv().use();
            lastUsed = currentIv();
        }
    }

    @Override
    protected byte[] engineWrap(Key payload) throws InvalidKeyException, IllegalBlockSizeException {
        currentIv().requireFresh();
        byte[] wrapped = transport().wrap(payload);
        ended();
        return currentIv().taking(wrapped);
    }

    @Override
    protected Key engineUnwrap(byte[] wrapped, String algorithm, int type)
            throws InvalidKeyException, NoSuchAlgorithmException {
        return transport().unwrap(wrapped, algorithm, type);
    }

    private KeyTransport transport() {
        return new KeyTransport(current(), currentIv().algorithm(Octets.of(aad.toByteArray())), keySpec);
    }

    private Handle current() {
        if (key == null) {
            throw new IllegalStateException("the cipher has no key yet");
        }
        return key;
    }

    private GcmIv currentIv() {
        if (iv == null) {
            throw new IllegalStateException("the cipher has no IV yet");
        }
        return iv;
    }

    /** A decryption gives nothing before the tag is checked. */
    @Override
    int readyOf(int length) {
        return protects(opmode) ? length : 0;
    }

    @Override
    int outputFor(int length) {
        int tag = iv == null ? 0 : iv.tagBytes();
        return protects(opmode) ? length + tag : Math.max(0, length - tag);
    }

    @Override
    @Nullable
    AlgorithmParameterSpec parameters() {
        return iv == null ? null : iv.spec();
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return iv == null ? null : iv.bytes();
    }
}
