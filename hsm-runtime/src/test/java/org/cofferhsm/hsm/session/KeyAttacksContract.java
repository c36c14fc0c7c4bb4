package org.cofferhsm.hsm.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.junit.jupiter.api.Test;

/**
 * The published attacks on PKCS#11's key management, each as far as it gets: J. Clulow, "On the Security of PKCS #11"
 * (CHES 2003); M. Bortolozzo, M. Centenaro, R. Focardi, G. Steel, "Attacking and Fixing PKCS#11 Security Tokens" (CCS
 * 2010), whose attacks are numbered a1 to a5.
 */
public abstract class KeyAttacksContract extends OneModuleContract {

    protected KeyAttacksContract(SessionForm form) {
        super(form);
    }

    @Test
    void a1WrapThenDecryptWithOneKey() {
        KeyId secret = alice.generate(KeyTemplate.aes(256).extractable());
        KeyId both = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.DECRYPT));

        assertRefused(Reason.KEY_FUNCTION_NOT_PERMITTED, () -> alice.wrap(both, secret, Algorithm.AES_KWP));
    }

    @Test
    void a1WrapFirstAndAllowDecryptionLater() {
        KeyId secret = alice.generate(KeyTemplate.aes(256).extractable());
        KeyId wrapping = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP));
        alice.wrap(wrapping, secret, Algorithm.AES_KWP);

        alice.change(wrapping, Attributes.of(Attribute.WRAP, false));

        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> alice.change(wrapping, Attributes.of(Attribute.DECRYPT, true)));
    }

    @Test
    void a1WrapFirstAndDecryptWithACopy() {
        KeyId wrapping = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP));

        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> alice.copy(
                        wrapping, Attributes.of(Attribute.DECRYPT, true).with(Attribute.WRAP, false)));
    }

    @Test
    void a2UnwrapTheSameKeyTwiceOnceForWrappingOnceForDecryption() {
        KeyId transport = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP));
        KeyId inner = alice.generate(KeyTemplate.aes(256).extractable().with(Attribute.WRAP_WITH_TRUSTED, true));

        assertRefused(Reason.WRAPPING_KEY_NOT_TRUSTED, () -> alice.wrap(transport, inner, Algorithm.AES_KWP));
    }

    @Test
    void a3EncryptAKnownKeyThenUnwrapIt() {
        KeyId both = alice.generate(KeyTemplate.aes(256).allowing(Usage.ENCRYPT, Usage.UNWRAP));
        byte[] planted = alice.encrypt(both, Algorithm.AES_GCM, new byte[32]);

        assertRefused(
                Reason.KEY_FUNCTION_NOT_PERMITTED,
                () -> alice.unwrap(both, planted, Algorithm.AES_GCM, KeyTemplate.secret(KeyType.AES)));
    }

    @Test
    void a4ReadAKeyThatWasSensitive() {
        KeyId secret = alice.generate(KeyTemplate.aes(256).extractable());

        assertRefused(Reason.KEY_UNEXTRACTABLE, () -> alice.value(secret));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY, () -> alice.change(secret, Attributes.of(Attribute.SENSITIVE, false)));
        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> alice.copy(secret, Attributes.of(Attribute.SENSITIVE, false)));
    }

    @Test
    void a5ReadAKeyThatWasUnextractable() {
        KeyId secret = alice.generate(KeyTemplate.aes(256).with(Attribute.SENSITIVE, false));

        assertRefused(Reason.KEY_UNEXTRACTABLE, () -> alice.value(secret));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY, () -> alice.change(secret, Attributes.of(Attribute.EXTRACTABLE, true)));
    }

    @Test
    void reimportWithWeakerAttributes() {
        KeyId transport = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP));
        KeyId secret = alice.generate(KeyTemplate.aes(256).extractable());
        byte[] wrapped = alice.wrap(transport, secret, Algorithm.AES_KWP);

        assertRefused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> alice.unwrap(
                        transport,
                        wrapped,
                        Algorithm.AES_KWP,
                        KeyTemplate.secret(KeyType.AES).with(Attribute.SENSITIVE, false)));
        KeyId again = alice.unwrap(transport, wrapped, Algorithm.AES_KWP, KeyTemplate.secret(KeyType.AES));
        assertThat(alice.describe(again).attributes().is(Attribute.ALWAYS_SENSITIVE))
                .isFalse();
        assertThat(alice.describe(again).attributes().is(Attribute.NEVER_EXTRACTABLE))
                .isFalse();
        assertThat(alice.describe(again).attributes().is(Attribute.LOCAL)).isFalse();
    }

    @Test
    void wrapUnderAnImportedPublicKeyOfTheAttackers() {
        KeyPairIds pair = alice.generate(KeyPairTemplate.rsa(2048).allowing(Usage.SIGN, Usage.VERIFY));
        KeyId attackers = alice.create(
                Attributes.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                        .with(Attribute.KEY_TYPE, KeyType.RSA)
                        .with(Attribute.WRAP, true),
                alice.value(pair.publicKey()));
        KeyId secret = alice.generate(KeyTemplate.aes(256).extractable().with(Attribute.WRAP_WITH_TRUSTED, true));

        assertRefused(Reason.WRAPPING_KEY_NOT_TRUSTED, () -> alice.wrap(attackers, secret, Algorithm.RSA_OAEP_SHA256));
        assertRefused(Reason.ROLE_NOT_PERMITTED, () -> alice.change(attackers, Attributes.of(Attribute.TRUSTED, true)));
    }

    @Test
    void launderAKeyThroughATrustedWrappingKey() {
        KeyId trusted = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP));
        try (Session admin = module.admin()) {
            admin.change(trusted, Attributes.of(Attribute.TRUSTED, true));
        }
        KeyId secret = alice.generate(KeyTemplate.aes(256).extractable().with(Attribute.WRAP_WITH_TRUSTED, true));
        byte[] wrapped = alice.wrap(trusted, secret, Algorithm.AES_KWP);

        KeyId back = alice.unwrap(
                trusted,
                wrapped,
                Algorithm.AES_KWP,
                KeyTemplate.secret(KeyType.AES).extractable());

        KeyId untrusted = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP));
        assertRefused(Reason.WRAPPING_KEY_NOT_TRUSTED, () -> alice.wrap(untrusted, back, Algorithm.AES_KWP));
    }

    @Test
    void turnATrustedKeyIntoADecryptionKey() {
        KeyId trusted = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP));
        try (Session admin = module.admin()) {
            admin.change(trusted, Attributes.of(Attribute.TRUSTED, true));
        }

        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> alice.change(trusted, Attributes.of(Attribute.DECRYPT, true)));
        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> alice.copy(trusted, Attributes.NONE));
    }

    @Test
    void decryptWithACopyMadeBeforeTheKeyWasTrusted() {
        KeyId transport = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP));
        alice.copy(transport, Attributes.of(Attribute.TOKEN, false));

        try (Session admin = module.admin()) {
            assertRefused(
                    Reason.TEMPLATE_INCONSISTENT,
                    () -> admin.change(transport, Attributes.of(Attribute.TRUSTED, true)));
        }
    }

    @Test
    void makeAKeyWithoutUsesAndGiveItsCopiesDifferentOnes() {
        KeyId blank = alice.generate(KeyTemplate.aes(256).extractable());

        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> alice.change(blank, Attributes.of(Attribute.WRAP, true)));
        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> alice.copy(blank, Attributes.of(Attribute.DECRYPT, true)));
    }

    @Test
    void trustAKeyThatCanBeElsewhere() {
        KeyId extractable = alice.generate(KeyTemplate.aes(256).extractable().allowing(Usage.WRAP));
        KeyPairIds pair = alice.generate(KeyPairTemplate.rsa(2048).allowing(Usage.WRAP, Usage.UNWRAP));

        try (Session admin = module.admin()) {
            assertRefused(
                    Reason.TEMPLATE_INCONSISTENT,
                    () -> admin.change(extractable, Attributes.of(Attribute.TRUSTED, true)));
            assertRefused(
                    Reason.TEMPLATE_INCONSISTENT,
                    () -> admin.change(pair.publicKey(), Attributes.of(Attribute.TRUSTED, true)));
        }
    }

    @Test
    void wrapAKnownAndASecretKeyUnderOneIv() {
        KeyId wrapping = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP));
        KeyId secret = alice.generate(KeyTemplate.aes(256).extractable());
        Algorithm callersIv = Algorithm.aesGcmWithCallerIv(Octets.of(new byte[12]), Octets.EMPTY, 128);

        assertRefused(Reason.MECHANISM_PARAMETER_INVALID, () -> alice.wrap(wrapping, secret, callersIv));
    }

    @Test
    void encryptTheKeyStreamThatAKeyWasWrappedWith() {
        KeyId both = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.ENCRYPT));
        KeyId secret = alice.generate(KeyTemplate.aes(256).extractable());

        assertRefused(Reason.KEY_FUNCTION_NOT_PERMITTED, () -> alice.wrap(both, secret, Algorithm.AES_GCM));
    }

    @Test
    void askAnUnwrappingKeyForThePadding() {
        KeyId transport = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP));
        Algorithm padded = Algorithm.aesCbcPad(Octets.of(new byte[16]));

        assertRefused(
                Reason.MECHANISM_INVALID,
                () -> alice.unwrap(transport, new byte[16], padded, KeyTemplate.secret(KeyType.GENERIC_SECRET)));
    }

    @Test
    void deriveTheSameKeyAgainAndReadIt() {
        KeyId base = alice.generate(KeyTemplate.genericSecret(256).allowing(Usage.DERIVE));
        KeyTemplate readable =
                KeyTemplate.genericSecret(256).forSession().extractable().with(Attribute.SENSITIVE, false);

        assertRefused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> alice.derive(base, Algorithm.hkdf(Hash.SHA256, Octets.EMPTY, Octets.EMPTY), readable));
    }

    @Test
    void deriveAKeyByteByByteAndCompareCheckValues() {
        KeyId base = alice.generate(KeyTemplate.genericSecret(256).allowing(Usage.DERIVE));

        assertRefused(
                Reason.KEY_SIZE_RANGE,
                () -> alice.derive(
                        base, Algorithm.hkdf(Hash.SHA256, Octets.EMPTY, Octets.EMPTY), KeyTemplate.genericSecret(8)));
    }

    @Test
    void computeADerivedKeyBySigning() {
        KeyId base = alice.generate(KeyTemplate.genericSecret(256).allowing(Usage.DERIVE, Usage.SIGN));

        assertRefused(
                Reason.KEY_FUNCTION_NOT_PERMITTED,
                () -> alice.derive(
                        base, Algorithm.hkdf(Hash.SHA256, Octets.EMPTY, Octets.EMPTY), KeyTemplate.aes(256)));
    }

    @Test
    void escapeAUsageLimitByCopies() {
        KeyId limited =
                alice.generate(KeyTemplate.aes(256).allowing(Usage.ENCRYPT).with(Attribute.USAGE_LIMIT, 1L));

        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> alice.copy(limited, Attributes.NONE));
    }

    @Test
    void bringAKeyInInTheClear() {
        Attributes template =
                Attributes.of(Attribute.CLASS, ObjectClass.SECRET_KEY).with(Attribute.KEY_TYPE, KeyType.AES);

        assertRefused(Reason.KEY_FUNCTION_NOT_PERMITTED, () -> alice.create(template, new byte[32]));
    }

    @Test
    void confuseTheTypeOfAWrappedKey() {
        KeyId transport = alice.generate(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP));
        KeyPairIds pair = alice.generate(KeyPairTemplate.rsa(2048).extractable().allowing(Usage.SIGN));
        byte[] wrapped = alice.wrap(transport, pair.privateKey(), Algorithm.AES_KWP);

        assertRefused(
                Reason.WRAPPED_KEY_INVALID,
                () -> alice.unwrap(transport, wrapped, Algorithm.AES_KWP, KeyTemplate.secret(KeyType.AES)));
    }

    @Test
    void aSharerDoesNotExportWhatItOnlyUses() {
        KeyId shared = alice.generate(KeyTemplate.aes(256).extractable().allowing(Usage.ENCRYPT, Usage.DECRYPT));
        alice.share(shared, "bob");
        try (Session bob = module.bob()) {
            KeyId bobs = bob.generate(KeyTemplate.aes(256).allowing(Usage.WRAP));

            assertRefused(Reason.KEY_NOT_OWNED, () -> bob.wrap(bobs, shared, Algorithm.AES_KWP));
            assertRefused(Reason.KEY_NOT_OWNED, () -> bob.copy(shared, Attributes.NONE));
        }
    }
}
