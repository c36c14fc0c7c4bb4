package org.cofferhsm.hsm.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.cofferhsm.hsm.key.SecretBytes;

/** The 256-bit key that a passphrase gives by Argon2id, version 1.3 (RFC 9106); the passphrase is taken as UTF-8. */
public final class PassphraseKey {

    private static final int KEY_BYTES = 32;

    private PassphraseKey() {}

    /** Derives the key, which the caller closes; the passphrase stays the caller's to wipe. */
    public static SecretBytes derive(char[] passphrase, Argon2Parameters parameters) {
        byte[] encoded = utf8(passphrase);
        try {
            return argon2id(encoded, parameters);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static SecretBytes argon2id(byte[] password, Argon2Parameters parameters) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(builder(parameters).build());
        byte[] key = new byte[KEY_BYTES];
        generator.generateBytes(password, key);
        return SecretBytes.owning(key);
    }

    static org.bouncycastle.crypto.params.Argon2Parameters.Builder builder(Argon2Parameters parameters) {
        return new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                        org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
                .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(parameters.memoryKib())
                .withIterations(parameters.passes())
                .withParallelism(parameters.lanes())
                .withSalt(parameters.salt().toByteArray());
    }

    /** Not by way of a String, which nobody can wipe. */
    private static byte[] utf8(char[] passphrase) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }
}
