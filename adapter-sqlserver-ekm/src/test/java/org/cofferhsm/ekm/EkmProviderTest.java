package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.security.MessageDigest;
import java.util.Arrays;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class EkmProviderTest {
    private static final byte[] DEK = "0123456789abcdef0123456789abcdef".getBytes();
    private static final Octets IV = Octets.of(new byte[16]);

    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private Session session;
    private EkmProvider provider;

    @BeforeEach
    void login() {
        session = MODULE.login();
        provider = new EkmProvider(session);
    }

    private byte[] roundTrip(Thumbprint key, Octets iv) {
        return provider.decrypt(key, iv, provider.encrypt(key, iv, DEK));
    }

    @ParameterizedTest
    @EnumSource(names = "RSA_4096", mode = Mode.EXCLUDE) // takes seconds to generate and differs in a number only
    void createsKeysThatEncryptAndDecrypt(EkmAlgorithm algorithm) {
        EkmKey key = provider.create("key", algorithm);

        assertThat(key.name()).isEqualTo("key");
        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(roundTrip(key.thumbprint(), Octets.EMPTY)).isEqualTo(DEK);
    }

    @Test
    void opensAKeyByNameAndByThumbprint() {
        EkmKey created = provider.create("tde-key", EkmAlgorithm.AES_256);

        assertThat(provider.open("tde-key")).isEqualTo(created);
        assertThat(provider.open(created.thumbprint())).isEqualTo(created);
        assertThat(provider.keys()).containsExactly(created);
    }

    /** SHA-256 over SubjectPublicKeyInfo: fixed for ever, since databases and backups hold it. */
    @Test
    void thumbprintsAnRsaKeyByItsPublicHalf() throws Exception {
        EkmKey key = provider.create("tde-key", EkmAlgorithm.RSA_2048);

        byte[] spki = provider.publicKey(key.thumbprint()).getEncoded();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(spki);
        assertThat(key.thumbprint().bytes()).isEqualTo(Octets.of(Arrays.copyOf(digest, 20)));
        assertThat(session.value(session.find("tde-key")
                        .of(ObjectClass.PUBLIC_KEY)
                        .with(Attributes.of(Attribute.OWNER, session.user().name()))
                        .one()))
                .isEqualTo(spki);
    }

    @Test
    void opensAKeyThatTheCommandLineMade() {
        KeyPairIds pair = session.generate(
                KeyPairTemplate.rsa(2048).labelled("made elsewhere").allowing(Usage.ENCRYPT, Usage.DECRYPT));

        EkmKey key = provider.open("made elsewhere");

        assertThat(session.describe(pair.privateKey()).attributes().find(Attribute.ID))
                .isNotEqualTo(java.util.Optional.of(key.thumbprint().bytes()));
        assertThat(roundTrip(key.thumbprint(), Octets.EMPTY)).isEqualTo(DEK);
    }

    @Test
    void keepsKeysInTheModule() {
        provider.create("tde-key", EkmAlgorithm.RSA_2048);
        provider.create("cells", EkmAlgorithm.AES_256);

        for (ObjectClass secret : new ObjectClass[] {ObjectClass.PRIVATE_KEY, ObjectClass.SECRET_KEY}) {
            KeyId key = session.find(Attributes.of(Attribute.CLASS, secret)).one();
            assertThat(session.describe(key).attributes().is(Attribute.NEVER_EXTRACTABLE))
                    .isTrue();
            assertRefused(Reason.KEY_UNEXTRACTABLE, () -> session.value(key));
        }
    }

    @Test
    void refusesANameThatIsTaken() {
        EkmKey first = provider.create("tde-key", EkmAlgorithm.AES_128);

        assertRefused(Reason.ATTRIBUTE_VALUE_INVALID, () -> provider.create("tde-key", EkmAlgorithm.AES_256));

        assertThat(provider.keys()).containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257, 512})
    void refusesNamesOfTheWrongLength(int length) {
        String name = "n".repeat(length);

        assertRefused(Reason.ARGUMENT_INVALID, () -> provider.create(name, EkmAlgorithm.AES_128));
    }

    @Test
    void refusesUnknownNamesAndThumbprints() {
        Thumbprint foreign = new Thumbprint(Octets.of(new byte[20]));

        assertRefused(Reason.KEY_NOT_FOUND, () -> provider.open("nothing")).hasMessageContaining("credential");
        assertRefused(Reason.KEY_NOT_FOUND, () -> provider.encrypt(foreign, Octets.EMPTY, DEK));
        assertRefused(Reason.ARGUMENT_INVALID, () -> new Thumbprint(Octets.of(new byte[16])));
    }

    @Test
    void keepsCredentialsApart() {
        EkmKey key = provider.create("tde-key", EkmAlgorithm.RSA_2048);
        byte[] ciphertext = provider.encrypt(key.thumbprint(), Octets.EMPTY, DEK);

        try (Session other = MODULE.login()) {
            EkmProvider theirs = new EkmProvider(other);
            assertThat(theirs.keys()).isEmpty();
            assertRefused(Reason.KEY_NOT_FOUND, () -> theirs.decrypt(key.thumbprint(), Octets.EMPTY, ciphertext));
        }
    }

    /** One user creates, another uses: the key is shared, not owned. */
    @Test
    void usesAKeyThatItsOwnerShares() {
        try (Session creator = MODULE.login()) {
            EkmKey key = new EkmProvider(creator).create("shared", EkmAlgorithm.AES_256);
            creator.share(
                    creator.find("shared").of(ObjectClass.SECRET_KEY).one(),
                    session.user().name());

            assertThat(provider.open("shared")).isEqualTo(key);
            assertThat(roundTrip(key.thumbprint(), Octets.EMPTY)).isEqualTo(DEK);
            assertRefused(Reason.KEY_NOT_OWNED, () -> provider.drop(key.thumbprint()));
        }
    }

    @Test
    void prefersItsOwnKeyToASharedOneOfTheSameName() {
        EkmKey own = provider.create("tde-key", EkmAlgorithm.AES_256);
        try (Session other = MODULE.login()) {
            new EkmProvider(other).create("tde-key", EkmAlgorithm.AES_256);
            other.share(
                    other.find("tde-key").of(ObjectClass.SECRET_KEY).one(),
                    session.user().name());

            assertThat(provider.open("tde-key")).isEqualTo(own);
        }
    }

    /** Public keys are visible to all users; one under our name and id must not be encrypted under. */
    @Test
    void neverEncryptsUnderAPublicKeyThatAnotherUserPutInTheWay() {
        EkmKey own = provider.create("tde-key", EkmAlgorithm.RSA_2048);
        try (Session other = MODULE.login()) {
            other.generate(KeyPairTemplate.rsa(2048)
                    .labelled("tde-key")
                    .with(Attribute.ID, own.thumbprint().bytes())
                    .allowing(Usage.ENCRYPT, Usage.DECRYPT));
        }

        assertThat(roundTrip(own.thumbprint(), Octets.EMPTY)).isEqualTo(DEK);
    }

    /** A secret key that is not private is visible to all users; one under our name and id is not ours. */
    @Test
    void looksPastKeysThatAnotherUserShowsToEverybody() {
        EkmKey own = provider.create("cells", EkmAlgorithm.AES_256);
        try (Session other = MODULE.login()) {
            KeyId planted = other.generate(KeyTemplate.aes(256)
                    .labelled("planted")
                    .with(Attribute.PRIVATE, false)
                    .allowing(Usage.ENCRYPT, Usage.DECRYPT)
                    .with(Attribute.ID, own.thumbprint().bytes()));
            assertThat(session.find("planted").list()).hasSize(1);

            assertRefused(Reason.KEY_NOT_FOUND, () -> provider.open("planted"));
            assertThat(provider.keys()).containsExactly(own);
            assertThat(roundTrip(own.thumbprint(), Octets.EMPTY)).isEqualTo(DEK);
            other.destroy(planted); // the other tests would see it, too
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "AES_256"})
    void refusesACiphertextAlteredByOneBit(EkmAlgorithm algorithm) {
        Thumbprint key = provider.create("key", algorithm).thumbprint();
        byte[] ciphertext = provider.encrypt(key, Octets.EMPTY, DEK);

        for (int i = 0; i < ciphertext.length; i += 7) {
            byte[] altered = ciphertext.clone();
            altered[i] ^= 0x10;
            assertRefused(Reason.ENCRYPTED_DATA_INVALID, () -> provider.decrypt(key, Octets.EMPTY, altered));
        }
    }

    @Test
    void bindsACellToItsKeyAndIv() {
        Thumbprint key = provider.create("cells", EkmAlgorithm.AES_256).thumbprint();
        byte[] ciphertext = provider.encrypt(key, IV, DEK);

        assertThat(provider.decrypt(key, IV, ciphertext)).isEqualTo(DEK);
        assertRefused(Reason.ENCRYPTED_DATA_INVALID, () -> provider.decrypt(key, Octets.EMPTY, ciphertext));
        assertThat(provider.encrypt(key, IV, DEK)).isNotEqualTo(ciphertext);
    }

    @Test
    void refusesIvsOfTheWrongLength() {
        Thumbprint aes = provider.create("cells", EkmAlgorithm.AES_128).thumbprint();
        Thumbprint rsa = provider.create("tde-key", EkmAlgorithm.RSA_2048).thumbprint();

        assertRefused(Reason.MECHANISM_PARAMETER_INVALID, () -> provider.encrypt(aes, Octets.of(new byte[12]), DEK));
        assertRefused(Reason.MECHANISM_PARAMETER_INVALID, () -> provider.encrypt(rsa, IV, DEK));
    }

    @Test
    void refusesEmptyAndForeignCiphertexts() {
        Thumbprint key = provider.create("cells", EkmAlgorithm.AES_256).thumbprint();

        assertRefused(Reason.ENCRYPTED_DATA_INVALID, () -> provider.decrypt(key, Octets.EMPTY, new byte[0]));
        assertRefused(Reason.ENCRYPTED_DATA_INVALID, () -> provider.decrypt(key, Octets.EMPTY, new byte[64]));
    }

    @Test
    void refusesMoreThanAnRsaKeyTakes() {
        Thumbprint key = provider.create("tde-key", EkmAlgorithm.RSA_2048).thumbprint();

        assertRefused(Reason.DATA_LENGTH_RANGE, () -> provider.encrypt(key, Octets.EMPTY, new byte[191]));
        assertThat(provider.encrypt(key, Octets.EMPTY, new byte[190])).hasSize(256);
    }

    @Test
    void exportsNothingOfASymmetricKey() {
        Thumbprint key = provider.create("cells", EkmAlgorithm.AES_256).thumbprint();

        assertRefused(Reason.KEY_TYPE_INCONSISTENT, () -> provider.publicKey(key));
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "AES_256"})
    void goesOnDecryptingUnderADroppedKey(EkmAlgorithm algorithm) {
        EkmKey key = provider.create("old", algorithm);
        byte[] backup = provider.encrypt(key.thumbprint(), Octets.EMPTY, DEK);

        provider.drop(key.thumbprint());

        assertThat(provider.decrypt(key.thumbprint(), Octets.EMPTY, backup)).isEqualTo(DEK);
        assertRefused(Reason.KEY_NOT_VALID_NOW, () -> provider.encrypt(key.thumbprint(), Octets.EMPTY, DEK));
        assertRefused(Reason.KEY_NOT_FOUND, () -> provider.open("old"));
        assertThat(provider.keys()).isEmpty();
    }

    @Test
    void leavesKeysAloneThatEkmHasNoAlgorithmFor() {
        session.generate(KeyTemplate.genericSecret(256).labelled("a secret").allowing(Usage.SIGN));

        assertThat(provider.keys()).isEmpty();
        assertRefused(Reason.KEY_NOT_FOUND, () -> provider.open("a secret"));
    }
}
