package org.cofferhsm.hsm.policy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.time.LocalDate;
import java.util.Set;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.Test;

class UseRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2027, 3, 1);

    @Test
    void allowsWhatTheAttributesAllow() {
        ObjectInfo key = key(KeyTemplate.aes(256).allowing(Usage.ENCRYPT));

        assertThatCode(() -> use(key, Usage.ENCRYPT, Algorithm.AES_GCM)).doesNotThrowAnyException();
    }

    @Test
    void refusesAUseThatIsNotAllowed() {
        ObjectInfo key = key(KeyTemplate.aes(256).allowing(Usage.ENCRYPT));

        assertRefused(Reason.KEY_FUNCTION_NOT_PERMITTED, () -> use(key, Usage.DECRYPT, Algorithm.AES_GCM));
    }

    @Test
    void refusesAForbiddenMechanism() {
        ObjectInfo key = key(KeyTemplate.aes(256)
                .allowing(Usage.ENCRYPT)
                .with(Attribute.ALLOWED_MECHANISMS, Set.of(MechanismType.AES_GCM)));

        assertThatCode(() -> use(key, Usage.ENCRYPT, Algorithm.AES_GCM)).doesNotThrowAnyException();
        assertRefused(Reason.MECHANISM_NOT_ALLOWED, () -> use(key, Usage.ENCRYPT, Algorithm.AES_ECB));
    }

    @Test
    void refusesBeforeTheStartDate() {
        ObjectInfo key = key(KeyTemplate.aes(256)
                .allowing(Usage.ENCRYPT, Usage.DECRYPT)
                .with(Attribute.START_DATE, TODAY.plusDays(1)));

        assertRefused(Reason.KEY_NOT_VALID_NOW, () -> use(key, Usage.ENCRYPT, Algorithm.AES_GCM));
        assertRefused(Reason.KEY_NOT_VALID_NOW, () -> use(key, Usage.DECRYPT, Algorithm.AES_GCM));
    }

    @Test
    void afterTheEndDateAKeyOpensButProtectsNoMore() {
        ObjectInfo key = key(KeyTemplate.aes(256)
                .allowing(Usage.ENCRYPT, Usage.DECRYPT)
                .with(Attribute.END_DATE, TODAY.minusDays(1)));

        assertRefused(Reason.KEY_NOT_VALID_NOW, () -> use(key, Usage.ENCRYPT, Algorithm.AES_GCM));
        assertThatCode(() -> use(key, Usage.DECRYPT, Algorithm.AES_GCM)).doesNotThrowAnyException();
    }

    @Test
    void theEndDateIsTheLastDay() {
        ObjectInfo key = key(KeyTemplate.aes(256).allowing(Usage.ENCRYPT).with(Attribute.END_DATE, TODAY));

        assertThatCode(() -> use(key, Usage.ENCRYPT, Algorithm.AES_GCM)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhenTheUsageLimitIsReached() {
        ObjectInfo fresh = key(KeyTemplate.aes(256).allowing(Usage.ENCRYPT).with(Attribute.USAGE_LIMIT, 2L));
        ObjectInfo used = new ObjectInfo(fresh.id(), fresh.attributes().with(Attribute.USAGE_COUNT, 2L));

        assertThatCode(() -> use(fresh, Usage.ENCRYPT, Algorithm.AES_GCM)).doesNotThrowAnyException();
        assertRefused(Reason.KEY_USAGE_EXHAUSTED, () -> use(used, Usage.ENCRYPT, Algorithm.AES_GCM));
    }

    @Test
    void aKeyCanForbidIvsFromTheCaller() {
        ObjectInfo key = key(KeyTemplate.aes(256).allowing(Usage.ENCRYPT).with(Attribute.CALLER_IV, false));
        Algorithm withIv = Algorithm.aesGcmWithCallerIv(Octets.of(new byte[12]), Octets.EMPTY, 128);

        assertThatCode(() -> use(key, Usage.ENCRYPT, Algorithm.AES_GCM)).doesNotThrowAnyException();
        assertRefused(Reason.MECHANISM_PARAMETER_INVALID, () -> use(key, Usage.ENCRYPT, withIv));
    }

    private static void use(ObjectInfo key, Usage usage, Algorithm algorithm) {
        UseRules.require(key, usage, algorithm, () -> TODAY);
    }

    private static ObjectInfo key(KeyTemplate template) {
        Caller alice = new Caller("alice", Role.CRYPTO_USER);
        return new ObjectInfo(
                new KeyId(7), NewObject.generated(alice, template.attributes(), MechanismType.AES_KEY_GEN));
    }
}
