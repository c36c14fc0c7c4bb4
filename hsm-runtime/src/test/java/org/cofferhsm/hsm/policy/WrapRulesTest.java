package org.cofferhsm.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.Test;

class WrapRulesTest {

    private static final Caller ALICE = new Caller("alice", Role.CRYPTO_USER);

    @Test
    void wrapsAnExtractableKeyUnderAWrappingKey() {
        ObjectInfo wrapping = key(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP));
        ObjectInfo payload = key(KeyTemplate.aes(256).extractable());

        assertThatCode(() -> WrapRules.requireWrap(wrapping, payload)).doesNotThrowAnyException();
    }

    @Test
    void neverWrapsAnUnextractableKey() {
        ObjectInfo wrapping = key(KeyTemplate.aes(256).allowing(Usage.WRAP));
        ObjectInfo payload = key(KeyTemplate.aes(256));

        assertRefused(Reason.KEY_UNEXTRACTABLE, () -> WrapRules.requireWrap(wrapping, payload));
    }

    @Test
    void refusesToWrapUnderUntrustedKey() {
        ObjectInfo wrapping = key(KeyTemplate.aes(256).allowing(Usage.WRAP));
        ObjectInfo payload = key(KeyTemplate.aes(256).extractable().with(Attribute.WRAP_WITH_TRUSTED, true));

        assertRefused(Reason.WRAPPING_KEY_NOT_TRUSTED, () -> WrapRules.requireWrap(wrapping, payload));
    }

    @Test
    void refusesToWrapASensitiveKeyUnderAKeyThatDecrypts() {
        ObjectInfo both = key(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.DECRYPT));
        ObjectInfo payload = key(KeyTemplate.aes(256).extractable());

        assertRefused(Reason.KEY_FUNCTION_NOT_PERMITTED, () -> WrapRules.requireWrap(both, payload));
    }

    @Test
    void remembersThatAKeyOnceDecrypted() {
        ObjectInfo both = key(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.DECRYPT));
        ObjectInfo harmless =
                new ObjectInfo(both.id(), ChangeRules.changed(ALICE, both, Attributes.of(Attribute.DECRYPT, false)));
        ObjectInfo payload = key(KeyTemplate.aes(256).extractable());

        assertThat(harmless.attributes().is(Attribute.DECRYPT)).isFalse();
        assertRefused(Reason.KEY_FUNCTION_NOT_PERMITTED, () -> WrapRules.requireWrap(harmless, payload));
    }

    @Test
    void refusesToWrapASensitiveKeyUnderOneWhoseValueCanBeRead() {
        ObjectInfo readable =
                key(KeyTemplate.aes(256).allowing(Usage.WRAP).extractable().with(Attribute.SENSITIVE, false));
        ObjectInfo payload = key(KeyTemplate.aes(256).extractable());

        assertRefused(Reason.KEY_FUNCTION_NOT_PERMITTED, () -> WrapRules.requireWrap(readable, payload));
    }

    @Test
    void refusesToUnwrapUnderAKeyThatEncrypts() {
        ObjectInfo both = key(KeyTemplate.aes(256).allowing(Usage.UNWRAP, Usage.ENCRYPT));

        assertRefused(Reason.KEY_FUNCTION_NOT_PERMITTED, () -> WrapRules.requireUnwrap(both));
    }

    @Test
    void refusesToWrapASensitiveKeyUnderOneThatWasReadableOnce() {
        ObjectInfo readable = key(KeyTemplate.aes(256).allowing(Usage.WRAP).with(Attribute.SENSITIVE, false));
        ObjectInfo hidden = new ObjectInfo(
                readable.id(), ChangeRules.changed(ALICE, readable, Attributes.of(Attribute.SENSITIVE, true)));

        assertRefused(
                Reason.KEY_FUNCTION_NOT_PERMITTED,
                () -> WrapRules.requireWrap(hidden, key(KeyTemplate.aes(256).extractable())));
    }

    @Test
    void keysEnterSensitiveOrNotAtAll() {
        ObjectInfo unwrapping = key(KeyTemplate.aes(256).allowing(Usage.UNWRAP));

        assertThat(WrapRules.entering(unwrapping, KeyTemplate.secret(KeyType.AES))
                        .attributes()
                        .is(Attribute.SENSITIVE))
                .isTrue();
        assertRefused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> WrapRules.entering(
                        unwrapping, KeyTemplate.secret(KeyType.AES).with(Attribute.SENSITIVE, false)));
    }

    @Test
    void theUnwrapTemplateHoldsAgainstTheCallers() {
        ObjectInfo unwrapping = key(KeyTemplate.aes(256)
                .allowing(Usage.UNWRAP)
                .with(Attribute.UNWRAP_TEMPLATE, Attributes.of(Attribute.EXTRACTABLE, false)));

        assertThat(WrapRules.entering(unwrapping, KeyTemplate.secret(KeyType.AES))
                        .attributes()
                        .find(Attribute.EXTRACTABLE))
                .contains(false);
        assertRefused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> WrapRules.entering(
                        unwrapping, KeyTemplate.secret(KeyType.AES).extractable()));
    }

    @Test
    void aKeyThatEntersUnderATrustedKeyLeavesUnderTrustedKeysOnly() {
        ObjectInfo trusted = trusted(key(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP)));

        assertThat(WrapRules.entering(trusted, KeyTemplate.secret(KeyType.AES))
                        .attributes()
                        .is(Attribute.WRAP_WITH_TRUSTED))
                .isTrue();
        assertRefused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> WrapRules.entering(
                        trusted, KeyTemplate.secret(KeyType.AES).with(Attribute.WRAP_WITH_TRUSTED, false)));
    }

    @Test
    void publicObjectsAreNotWrapped() {
        ObjectInfo wrapping = key(KeyTemplate.aes(256).allowing(Usage.WRAP));
        ObjectInfo data = new ObjectInfo(new KeyId(9), Attributes.of(Attribute.CLASS, ObjectClass.DATA));

        assertRefused(Reason.KEY_TYPE_INCONSISTENT, () -> WrapRules.requireWrap(wrapping, data));
    }

    private static ObjectInfo key(KeyTemplate template) {
        return new ObjectInfo(
                new KeyId(7), NewObject.generated(ALICE, template.attributes(), MechanismType.AES_KEY_GEN));
    }

    private static ObjectInfo trusted(ObjectInfo key) {
        Caller admin = new Caller("admin", Role.ADMIN);
        return new ObjectInfo(key.id(), ChangeRules.changed(admin, key, Attributes.of(Attribute.TRUSTED, true)));
    }
}
