package org.cofferhsm.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.util.Set;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.Test;

class ChangeRulesTest {

    private static final Caller ALICE = new Caller("alice", Role.CRYPTO_USER);
    private static final Caller BOB = new Caller("bob", Role.CRYPTO_USER);
    private static final Caller ADMIN = new Caller("admin", Role.ADMIN);

    @Test
    void theOwnerRenamesAKey() {
        ObjectInfo key = key(KeyTemplate.aes(256).labelled("old"));

        assertThat(ChangeRules.changed(ALICE, key, Attributes.of(Attribute.LABEL, "new"))
                        .get(Attribute.LABEL))
                .isEqualTo("new");
    }

    @Test
    void aSharerChangesNothing() {
        ObjectInfo key = key(KeyTemplate.aes(256));
        ObjectInfo shared = new ObjectInfo(key.id(), key.attributes().with(Attribute.SHARED_USERS, Set.of("bob")));

        assertRefused(
                Reason.KEY_NOT_OWNED, () -> ChangeRules.changed(BOB, shared, Attributes.of(Attribute.LABEL, "mine")));
    }

    @Test
    void sensitiveAndWrapWithTrustedOnlyGoOn() {
        ObjectInfo key = key(KeyTemplate.aes(256).with(Attribute.WRAP_WITH_TRUSTED, true));

        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(ALICE, key, Attributes.of(Attribute.SENSITIVE, false)));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(ALICE, key, Attributes.of(Attribute.WRAP_WITH_TRUSTED, false)));
    }

    @Test
    void extractableOnlyGoesOff() {
        ObjectInfo extractable = key(KeyTemplate.aes(256).extractable());
        Attributes off = ChangeRules.changed(ALICE, extractable, Attributes.of(Attribute.EXTRACTABLE, false));

        assertThat(off.is(Attribute.EXTRACTABLE)).isFalse();
        assertThat(off.is(Attribute.NEVER_EXTRACTABLE)).isFalse();
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(
                        ALICE, new ObjectInfo(extractable.id(), off), Attributes.of(Attribute.EXTRACTABLE, true)));
    }

    @Test
    void whatTheModuleSaysOfAKeyCannotBeChanged() {
        ObjectInfo key = key(KeyTemplate.aes(256));

        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(ALICE, key, Attributes.of(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(ALICE, key, Attributes.of(Attribute.LOCAL, false)));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(ALICE, key, Attributes.of(Attribute.OWNER, "bob")));
    }

    @Test
    void anUnmodifiableObjectStaysAsItIs() {
        ObjectInfo key = key(KeyTemplate.aes(256).with(Attribute.MODIFIABLE, false));

        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY, () -> ChangeRules.changed(ALICE, key, Attributes.of(Attribute.LABEL, "x")));
    }

    @Test
    void usesOfASecretKeyAreOnlyTakenAway() {
        ObjectInfo wrapping = key(KeyTemplate.aes(256).allowing(Usage.WRAP));
        Attributes noLonger = ChangeRules.changed(ALICE, wrapping, Attributes.of(Attribute.WRAP, false));

        assertThat(noLonger.is(Attribute.WRAP)).isFalse();
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(ALICE, wrapping, Attributes.of(Attribute.DECRYPT, true)));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(
                        ALICE, new ObjectInfo(wrapping.id(), noLonger), Attributes.of(Attribute.WRAP, true)));
    }

    @Test
    void onlyAnAdminTrusts() {
        ObjectInfo wrapping = key(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.UNWRAP));

        assertRefused(
                Reason.ROLE_NOT_PERMITTED,
                () -> ChangeRules.changed(ALICE, wrapping, Attributes.of(Attribute.TRUSTED, true)));
        assertThat(ChangeRules.changed(ADMIN, wrapping, Attributes.of(Attribute.TRUSTED, true))
                        .is(Attribute.TRUSTED))
                .isTrue();
        assertRefused(
                Reason.ROLE_NOT_PERMITTED,
                () -> ChangeRules.changed(
                        ADMIN, wrapping, Attributes.of(Attribute.TRUSTED, true).with(Attribute.LABEL, "x")));
    }

    @Test
    void onlyAPureWrappingKeyIsTrusted() {
        ObjectInfo key = key(KeyTemplate.aes(256).allowing(Usage.WRAP, Usage.ENCRYPT));

        assertRefused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> ChangeRules.changed(ADMIN, key, Attributes.of(Attribute.TRUSTED, true)));
    }

    @Test
    void aTrustedKeyKeepsItsAttributes() {
        ObjectInfo wrapping = key(KeyTemplate.aes(256).allowing(Usage.WRAP));
        ObjectInfo trusted = new ObjectInfo(
                wrapping.id(), ChangeRules.changed(ADMIN, wrapping, Attributes.of(Attribute.TRUSTED, true)));

        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(ALICE, trusted, Attributes.of(Attribute.ENCRYPT, true)));
    }

    @Test
    void aUsageLimitOnlyGoesDown() {
        ObjectInfo key = key(KeyTemplate.aes(256).with(Attribute.USAGE_LIMIT, 10L));

        assertThat(ChangeRules.changed(ALICE, key, Attributes.of(Attribute.USAGE_LIMIT, 5L))
                        .get(Attribute.USAGE_LIMIT))
                .isEqualTo(5);
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(ALICE, key, Attributes.of(Attribute.USAGE_LIMIT, 11L)));
    }

    @Test
    void aCopyIsNeverWeaker() {
        ObjectInfo key = key(KeyTemplate.aes(256).allowing(Usage.WRAP));

        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.copied(ALICE, key, Attributes.of(Attribute.EXTRACTABLE, true)));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.copied(ALICE, key, Attributes.of(Attribute.SENSITIVE, false)));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.copied(ALICE, key, Attributes.of(Attribute.DECRYPT, true)));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.copied(ALICE, key, Attributes.of(Attribute.PRIVATE, false)));
    }

    @Test
    void aCopyMayBeASessionObject() {
        ObjectInfo key = key(KeyTemplate.aes(256).with(Attribute.MODIFIABLE, false));

        Attributes copy = ChangeRules.copied(ALICE, key, Attributes.of(Attribute.TOKEN, false));

        assertThat(copy.is(Attribute.TOKEN)).isFalse();
        assertThat(copy.is(Attribute.MODIFIABLE)).isFalse();
    }

    @Test
    void aTrustedKeyIsNotCopied() {
        ObjectInfo wrapping = key(KeyTemplate.aes(256).allowing(Usage.WRAP));
        ObjectInfo trusted = new ObjectInfo(wrapping.id(), wrapping.attributes().with(Attribute.TRUSTED, true));

        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> ChangeRules.copied(ALICE, trusted, Attributes.NONE));
    }

    @Test
    void anObjectThatForbidsItIsNotCopied() {
        ObjectInfo key = key(KeyTemplate.aes(256).with(Attribute.COPYABLE, false));

        assertRefused(Reason.ATTRIBUTE_READ_ONLY, () -> ChangeRules.copied(ALICE, key, Attributes.NONE));
    }

    private static ObjectInfo key(KeyTemplate template) {
        return new ObjectInfo(
                new KeyId(7), NewObject.generated(ALICE, template.attributes(), MechanismType.AES_KEY_GEN));
    }
}
