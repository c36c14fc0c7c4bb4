package org.cofferhsm.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.time.LocalDate;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.Test;

class NewObjectTest {

    private static final Caller ALICE = new Caller("alice", Role.CRYPTO_USER);

    @Test
    void aKeyIsHiddenAndUselessUnlessAskedOtherwise() {
        Attributes key = generated(KeyTemplate.aes(256));

        assertThat(key.is(Attribute.TOKEN)).isTrue();
        assertThat(key.is(Attribute.PRIVATE)).isTrue();
        assertThat(key.is(Attribute.SENSITIVE)).isTrue();
        assertThat(key.is(Attribute.EXTRACTABLE)).isFalse();
        assertThat(Usage.values()).noneMatch(usage -> key.is(usage.attribute()));
    }

    @Test
    void theModuleSaysWhereAKeyComesFrom() {
        Attributes key = generated(KeyTemplate.aes(256).extractable());

        assertThat(key.is(Attribute.LOCAL)).isTrue();
        assertThat(key.is(Attribute.ALWAYS_SENSITIVE)).isTrue();
        assertThat(key.is(Attribute.NEVER_EXTRACTABLE)).isFalse();
        assertThat(key.get(Attribute.KEY_GEN_MECHANISM)).isEqualTo(MechanismType.AES_KEY_GEN);
        assertThat(key.get(Attribute.OWNER)).isEqualTo("alice");
    }

    @Test
    void anUnwrappedKeyWasNotAlwaysSensitive() {
        Attributes key =
                NewObject.imported(ALICE, KeyTemplate.secret(KeyType.AES).attributes());

        assertThat(key.is(Attribute.LOCAL)).isFalse();
        assertThat(key.is(Attribute.ALWAYS_SENSITIVE)).isFalse();
        assertThat(key.is(Attribute.NEVER_EXTRACTABLE)).isFalse();
    }

    @Test
    void aDerivedKeyIsNoSaferThanItsBase() {
        Attributes safe = generated(KeyTemplate.genericSecret(256));
        Attributes imported = NewObject.imported(
                ALICE, KeyTemplate.secret(KeyType.GENERIC_SECRET).attributes());
        Attributes wanted = KeyTemplate.aes(256).attributes();

        assertThat(NewObject.derived(ALICE, wanted, safe).is(Attribute.ALWAYS_SENSITIVE))
                .isTrue();
        assertThat(NewObject.derived(ALICE, wanted, imported).is(Attribute.ALWAYS_SENSITIVE))
                .isFalse();
        assertThat(NewObject.derived(ALICE, wanted, safe).is(Attribute.NEVER_EXTRACTABLE))
                .isTrue();
        assertThat(NewObject.derived(ALICE, wanted, imported).is(Attribute.NEVER_EXTRACTABLE))
                .isFalse();
    }

    @Test
    void nobodySetsWhatTheModuleSays() {
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY, () -> generated(KeyTemplate.aes(256).with(Attribute.LOCAL, true)));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY, () -> generated(KeyTemplate.aes(256).with(Attribute.OWNER, "bob")));
        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> generated(KeyTemplate.aes(256).with(Attribute.CHECK_VALUE, Octets.of((byte) 1))));
    }

    @Test
    void nothingIsBornTrusted() {
        assertRefused(
                Reason.ROLE_NOT_PERMITTED, () -> generated(KeyTemplate.aes(256).with(Attribute.TRUSTED, true)));
    }

    @Test
    void aPublicKeyCannotSign() {
        KeyPairTemplate pair = KeyPairTemplate.rsa(2048).withPublic(Attribute.SIGN, true);

        assertRefused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> NewObject.generated(ALICE, pair.publicKey(), MechanismType.RSA_PKCS_KEY_PAIR_GEN));
    }

    @Test
    void refusesDatesTheWrongWayRound() {
        LocalDate day = LocalDate.of(2027, 1, 1);

        assertRefused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> generated(KeyTemplate.aes(256)
                        .with(Attribute.START_DATE, day)
                        .with(Attribute.END_DATE, day.minusDays(1))));
    }

    @Test
    void refusesAnOverlongLabel() {
        assertRefused(
                Reason.ATTRIBUTE_VALUE_INVALID,
                () -> generated(KeyTemplate.aes(256).labelled("x".repeat(257))));
    }

    @Test
    void refusesQuorumValuesWhileThereAreNoApprovals() {
        assertRefused(
                Reason.ATTRIBUTE_VALUE_INVALID,
                () -> generated(KeyTemplate.aes(256).with(Attribute.USE_QUORUM, 2L)));
        assertRefused(
                Reason.ATTRIBUTE_VALUE_INVALID,
                () -> generated(KeyTemplate.aes(256).with(Attribute.MANAGE_QUORUM, 2L)));
    }

    @Test
    void quorumValuesDoNotCancelEachOtherOut() {
        assertRefused(
                Reason.ATTRIBUTE_VALUE_INVALID,
                () -> generated(KeyTemplate.aes(256)
                        .with(Attribute.MANAGE_QUORUM, Long.MAX_VALUE)
                        .with(Attribute.USE_QUORUM, Long.MAX_VALUE)));
        assertRefused(
                Reason.ATTRIBUTE_VALUE_INVALID,
                () -> generated(
                        KeyTemplate.aes(256).with(Attribute.MANAGE_QUORUM, 2L).with(Attribute.USE_QUORUM, -2L)));
    }

    @Test
    void anObjectNeedsAClass() {
        assertRefused(Reason.TEMPLATE_INCOMPLETE, () -> NewObject.imported(ALICE, Attributes.of(Attribute.LABEL, "x")));
    }

    @Test
    void certificatesAreForAllToSee() {
        Attributes certificate = NewObject.imported(ALICE, Attributes.of(Attribute.CLASS, ObjectClass.CERTIFICATE));

        assertThat(AccessRules.sees(new Caller("bob", Role.CRYPTO_USER), certificate))
                .isTrue();
        assertThat(AccessRules.sees(new Caller("eve", Role.AUDITOR), certificate))
                .isFalse();
    }

    private static Attributes generated(KeyTemplate template) {
        return NewObject.generated(ALICE, template.attributes(), MechanismType.AES_KEY_GEN);
    }
}
