package org.cofferhsm.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.util.Set;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.Test;

class AccessRulesTest {

    private static final Caller ALICE = new Caller("alice", Role.CRYPTO_USER);
    private static final Caller BOB = new Caller("bob", Role.CRYPTO_USER);
    private static final Caller ADMIN = new Caller("admin", Role.ADMIN);

    private final ObjectInfo key = new ObjectInfo(
            new KeyId(7), NewObject.generated(ALICE, KeyTemplate.aes(256).attributes(), MechanismType.AES_KEY_GEN));
    private final ObjectInfo shared =
            new ObjectInfo(key.id(), key.attributes().with(Attribute.SHARED_USERS, Set.of("bob")));

    @Test
    void theOwnerUsesAndManages() {
        assertThatCode(() -> AccessRules.requireUse(ALICE, key)).doesNotThrowAnyException();
        assertThatCode(() -> AccessRules.requireOwner(ALICE, key)).doesNotThrowAnyException();
    }

    @Test
    void aSharerUsesButDoesNotManage() {
        assertThatCode(() -> AccessRules.requireUse(BOB, shared)).doesNotThrowAnyException();
        assertRefused(Reason.KEY_NOT_OWNED, () -> AccessRules.requireOwner(BOB, shared));
    }

    @Test
    void aStrangerLearnsNothing() {
        assertThat(AccessRules.sees(BOB, key.attributes())).isFalse();
        assertThat(assertRefused(Reason.KEY_NOT_FOUND, () -> AccessRules.requireUse(BOB, key)))
                .hasMessageNotContaining("alice");
    }

    @Test
    void anAdminSeesKeysButDoesNotUseThem() {
        assertThat(AccessRules.sees(ADMIN, key.attributes())).isTrue();
        assertRefused(Reason.ROLE_NOT_PERMITTED, () -> AccessRules.requireUse(ADMIN, key));
    }
}
