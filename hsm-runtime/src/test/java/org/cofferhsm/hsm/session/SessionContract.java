package org.cofferhsm.hsm.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.Encapsulated;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.PqcParameterSet;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public abstract class SessionContract extends OneModuleContract {

    protected SessionContract(SessionForm form) {
        super(form);
    }

    private static final byte[] TEXT = "what the module is for".getBytes(StandardCharsets.UTF_8);

    @Test
    void theReadmesExampleWorks() {
        KeyId master =
                alice.generate(KeyTemplate.aes(256).labelled("tde-master").allowing(Usage.WRAP, Usage.UNWRAP));
        KeyId tablespaceKey = alice.generate(KeyTemplate.aes(256).extractable());
        KeyPairIds release =
                alice.generate(KeyPairTemplate.rsa(2048).labelled("release").allowing(Usage.SIGN, Usage.VERIFY));

        byte[] wrapped = alice.wrap(master, tablespaceKey, Algorithm.AES_KWP);
        byte[] signature =
                alice.sign(alice.find("release").of(ObjectClass.PRIVATE_KEY).one(), Algorithm.SHA256_RSA_PSS, TEXT);

        assertThat(wrapped).hasSize(40);
        assertThat(alice.verify(release.publicKey(), Algorithm.SHA256_RSA_PSS, TEXT, signature))
                .isTrue();
        signature[0] ^= 1;
        assertThat(alice.verify(release.publicKey(), Algorithm.SHA256_RSA_PSS, TEXT, signature))
                .isFalse();
    }

    @Test
    void makesEveryKindOfKeyPairAndUsesIt() {
        for (Curve curve : List.of(Curve.P256, Curve.P384, Curve.P521, Curve.SECP256K1)) {
            KeyPairIds pair =
                    alice.generate(KeyPairTemplate.ec(curve).forSession().allowing(Usage.SIGN, Usage.VERIFY));
            byte[] signature = alice.sign(pair.privateKey(), Algorithm.ECDSA_SHA256, TEXT);

            assertThat(signature).hasSize(2 * curve.bytes());
            assertThat(alice.verify(pair.publicKey(), Algorithm.ECDSA_SHA256, TEXT, signature))
                    .isTrue();
            assertThat(alice.describe(pair.privateKey()).attributes().get(Attribute.CHECK_VALUE))
                    .isEqualTo(alice.describe(pair.publicKey()).attributes().get(Attribute.CHECK_VALUE));
        }
        signAndVerify(KeyPairTemplate.ec(Curve.ED25519), Algorithm.EDDSA);
        signAndVerify(KeyPairTemplate.pqc(PqcParameterSet.ML_DSA_65), Algorithm.ML_DSA);
    }

    private void signAndVerify(KeyPairTemplate template, Algorithm algorithm) {
        KeyPairIds pair = alice.generate(template.forSession().allowing(Usage.SIGN, Usage.VERIFY));
        byte[] signature = alice.sign(pair.privateKey(), algorithm, TEXT);

        assertThat(alice.verify(pair.publicKey(), algorithm, TEXT, signature)).isTrue();
        assertThat(alice.verify(pair.publicKey(), algorithm, new byte[1], signature))
                .isFalse();
    }

    @Test
    void agreesOnTheSameSecretFromBothSides() {
        for (Curve curve : List.of(Curve.P256, Curve.X25519)) {
            KeyPairIds mine =
                    alice.generate(KeyPairTemplate.ec(curve).forSession().allowing(Usage.DERIVE));
            KeyPairIds theirs =
                    alice.generate(KeyPairTemplate.ec(curve).forSession().allowing(Usage.DERIVE));

            assertThat(sharedSecret(mine.privateKey(), theirs.publicKey()))
                    .hasSize(32)
                    .isEqualTo(sharedSecret(theirs.privateKey(), mine.publicKey()));
        }
    }

    private byte[] sharedSecret(KeyId mine, KeyId theirs) {
        Octets point = alice.describe(theirs).attributes().get(Attribute.EC_POINT);
        KeyId derived = alice.derive(
                mine,
                Algorithm.ecdh(point),
                KeyTemplate.secret(KeyType.GENERIC_SECRET)
                        .forSession()
                        .extractable()
                        .with(Attribute.SENSITIVE, false));
        return alice.value(derived);
    }

    @Test
    void encapsulatesAndDecapsulates() {
        KeyPairIds pair = alice.generate(
                KeyPairTemplate.pqc(PqcParameterSet.ML_KEM_768).forSession().allowing(Usage.DERIVE));
        KeyTemplate readable = KeyTemplate.secret(KeyType.GENERIC_SECRET)
                .forSession()
                .extractable()
                .with(Attribute.SENSITIVE, false);

        Encapsulated sent = alice.encapsulate(pair.publicKey(), Algorithm.ML_KEM, readable);
        KeyId received = alice.decapsulate(
                pair.privateKey(), Algorithm.ML_KEM, sent.ciphertext().toByteArray(), readable);

        assertThat(alice.value(received)).hasSize(32).isEqualTo(alice.value(sent.sharedSecret()));
    }

    @Test
    void derivesDifferentKeysForDifferentContexts() {
        KeyId base = alice.generate(KeyTemplate.genericSecret(256).forSession().allowing(Usage.DERIVE));
        KeyTemplate aes = KeyTemplate.aes(256).forSession();

        Octets one = checkValue(alice.derive(base, hkdf("one"), aes));
        Octets same = checkValue(alice.derive(base, hkdf("one"), aes));
        Octets other = checkValue(alice.derive(base, hkdf("two"), aes));
        Octets counter = checkValue(
                alice.derive(base, Algorithm.counterKdf(MechanismType.SHA256_HMAC, "one", Octets.EMPTY, 256), aes));

        assertThat(one).isEqualTo(same).isNotEqualTo(other).isNotEqualTo(counter);
    }

    private Algorithm hkdf(String info) {
        return Algorithm.hkdf(Hash.SHA256, Octets.EMPTY, Octets.of(info.getBytes(StandardCharsets.UTF_8)));
    }

    private Octets checkValue(KeyId key) {
        return alice.describe(key).attributes().get(Attribute.CHECK_VALUE);
    }

    @Test
    void movesAPrivateKeyUnderRsaAes() {
        KeyPairIds transport =
                alice.generate(KeyPairTemplate.rsa(2048).forSession().allowing(Usage.WRAP, Usage.UNWRAP));
        KeyPairIds payload = alice.generate(
                KeyPairTemplate.ec(Curve.P256).forSession().extractable().allowing(Usage.SIGN, Usage.VERIFY));

        byte[] wrapped = alice.wrap(transport.publicKey(), payload.privateKey(), Algorithm.RSA_AES_SHA256);
        KeyId back = alice.unwrap(
                transport.privateKey(),
                wrapped,
                Algorithm.RSA_AES_SHA256,
                KeyTemplate.privateKey(KeyType.EC).forSession().allowing(Usage.SIGN));

        byte[] signature = alice.sign(back, Algorithm.ECDSA_SHA256, TEXT);
        assertThat(alice.verify(payload.publicKey(), Algorithm.ECDSA_SHA256, TEXT, signature))
                .isTrue();
    }

    @Test
    void worksInParts() {
        KeyId key = alice.generate(
                KeyTemplate.aes(256).forSession().allowing(Usage.ENCRYPT, Usage.DECRYPT, Usage.SIGN, Usage.VERIFY));
        byte[] sealed;
        try (CipherOperation encryption = alice.startEncrypt(key, Algorithm.AES_GCM)) {
            byte[] first = encryption.update(TEXT, 0, 5);
            byte[] second = encryption.update(TEXT, 5, TEXT.length - 5);
            sealed = join(first, second, encryption.finish());
        }
        byte[] mac;
        try (SignOperation signing = alice.startSign(key, Algorithm.AES_CMAC)) {
            signing.update(TEXT, 0, 7);
            signing.update(TEXT, 7, TEXT.length - 7);
            mac = signing.finish();
        }

        assertThat(alice.decrypt(key, Algorithm.AES_GCM, sealed)).isEqualTo(TEXT);
        assertThat(mac).isEqualTo(alice.sign(key, Algorithm.AES_CMAC, TEXT));
        try (VerifyOperation verification = alice.startVerify(key, Algorithm.AES_CMAC)) {
            verification.update(TEXT, 0, TEXT.length);
            assertThat(verification.finish(mac)).isTrue();
        }
        try (var digest = alice.startDigest(Algorithm.SHA256)) {
            digest.update(TEXT, 0, TEXT.length);
            assertThat(digest.finish()).isEqualTo(alice.digest(Algorithm.SHA256, TEXT));
        }
    }

    private byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    @Test
    void sessionObjectsGoWithTheirSession() {
        KeyId key;
        try (Session other = module.alice()) {
            key = other.generate(
                    KeyTemplate.aes(256).labelled("passing").forSession().allowing(Usage.ENCRYPT));
            assertThat(other.find("passing").one()).isEqualTo(key);
            assertThat(key.isSessionObject()).isTrue();
        }
        assertThat(alice.find("passing").list()).isEmpty();
        assertRefused(Reason.KEY_NOT_FOUND, () -> alice.describe(key));
    }

    /** Scripts that clean up know nothing of the backups that still need the key. */
    @Test
    void masterKeysOfOracleAreDestroyedInTwoStepsOnly() {
        KeyId key = alice.generate(KeyTemplate.aes(256)
                .labelled("ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080")
                .with(Attribute.MODIFIABLE, false));

        assertRefused(Reason.KEY_NOT_DESTROYABLE, () -> alice.destroy(key));
        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> alice.change(key, Attributes.of(Attribute.LABEL, "scratch")));

        alice.change(key, Attributes.of(Attribute.DESTROYABLE, true));
        alice.destroy(key);
        assertRefused(Reason.KEY_NOT_FOUND, () -> alice.describe(key));
    }

    @Test
    void sharedKeysAreUsedAndNotManaged() {
        KeyId key = alice.generate(KeyTemplate.aes(256).labelled("shared").allowing(Usage.ENCRYPT, Usage.DECRYPT));
        try (Session bob = module.bob()) {
            assertThat(bob.find("shared").list()).isEmpty();
            assertRefused(Reason.KEY_NOT_FOUND, () -> bob.encrypt(key, Algorithm.AES_GCM, TEXT));

            alice.share(key, "bob");

            byte[] sealed = bob.encrypt(key, Algorithm.AES_GCM, TEXT);
            assertThat(alice.decrypt(key, Algorithm.AES_GCM, sealed)).isEqualTo(TEXT);
            assertRefused(Reason.KEY_NOT_OWNED, () -> bob.destroy(key));
            assertRefused(Reason.KEY_NOT_OWNED, () -> bob.share(key, "bob"));

            assertRefused(Reason.USER_NOT_FOUND, () -> alice.unshare(key, "nobody"));
            alice.unshare(key, "BOB");
            assertRefused(Reason.KEY_NOT_FOUND, () -> bob.encrypt(key, Algorithm.AES_GCM, TEXT));
        }
    }

    @Test
    void keysAreSharedWithCryptoUsersOnly() {
        KeyId key = alice.generate(KeyTemplate.aes(256));
        assertRefused(Reason.USER_NOT_FOUND, () -> alice.share(key, "nobody"));
        assertRefused(Reason.ROLE_NOT_PERMITTED, () -> alice.share(key, "eve"));
    }

    @Test
    void aUsageLimitHoldsUnderThreads() throws Exception {
        KeyId key = alice.generate(KeyTemplate.aes(256).allowing(Usage.ENCRYPT).with(Attribute.USAGE_LIMIT, 10L));
        Callable<Boolean> use = () -> {
            try {
                alice.encrypt(key, Algorithm.AES_GCM, TEXT);
                return true;
            } catch (HsmException refused) {
                assertThat(refused.reason()).isEqualTo(Reason.KEY_USAGE_EXHAUSTED);
                return false;
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        int done = 0;
        for (Future<Boolean> outcome : threads.invokeAll(Collections.nCopies(25, use))) {
            done += outcome.get() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(done).isEqualTo(10);
        assertThat(alice.describe(key).attributes().get(Attribute.USAGE_COUNT)).isEqualTo(10);
    }

    @Test
    void manyThreadsMakeKeysAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<KeyId>> makings = IntStream.range(0, 80)
                .<Callable<KeyId>>mapToObj(
                        i -> () -> alice.generate(KeyTemplate.aes(256).labelled("crowd-" + i)))
                .toList();
        Set<KeyId> handles = new HashSet<>();
        for (Future<KeyId> made : threads.invokeAll(makings)) {
            handles.add(made.get());
        }
        threads.shutdown();

        assertThat(handles).hasSize(80);
        for (int i = 0; i < 80; i++) {
            assertThat(handles).contains(alice.find("crowd-" + i).one());
        }
    }

    @Test
    void findsByAnyAttribute() {
        Octets id = Octets.ofHex("c0ffee01");
        KeyId key = alice.generate(KeyTemplate.aes(128).labelled("find me").with(Attribute.ID, id));

        assertThat(alice.find(Attributes.of(Attribute.ID, id)).one()).isEqualTo(key);
        assertThat(alice.find("find me")
                        .with(Attributes.of(Attribute.VALUE_LENGTH, 16L))
                        .ids())
                .containsExactly(key);
        alice.change(key, Attributes.of(Attribute.LABEL, "renamed"));
        assertThat(alice.find("find me").list()).isEmpty();
        assertThat(alice.find("renamed").one()).isEqualTo(key);
        alice.destroy(key);
        assertThat(alice.find(Attributes.of(Attribute.ID, id)).list()).isEmpty();
    }

    @Test
    void everythingIsThereAfterReopening(@TempDir Path elsewhere) {
        try (ModuleFixture other = ModuleFixture.in(elsewhere, form)) {
            KeyId key;
            byte[] sealed;
            try (Session before = other.alice()) {
                key = before.generate(KeyTemplate.aes(256).labelled("lasting").allowing(Usage.ENCRYPT, Usage.DECRYPT));
                sealed = before.encrypt(key, Algorithm.AES_GCM, TEXT);
                before.create(Attributes.of(Attribute.CLASS, ObjectClass.DATA).with(Attribute.LABEL, "note"), TEXT);
            }

            other.reopen();

            try (Session after = other.alice()) {
                assertThat(after.decrypt(after.find("lasting").one(), Algorithm.AES_GCM, sealed))
                        .isEqualTo(TEXT);
                assertThat(after.value(after.find("note").one())).isEqualTo(TEXT);
                KeyId next = after.generate(KeyTemplate.aes(256));
                assertThat(next).isGreaterThan(key);
            }
        }
    }
}
