package org.cofferhsm.hsm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.user.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestroyRulesTest {

    private static final Caller ALICE = new Caller("alice", Role.CRYPTO_USER);
    private static final Caller BOB = new Caller("bob", Role.CRYPTO_USER);
    private static final String MASTER_KEY = "ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080";
    private static final String ESCROW_KEY = "COFFER.TDE.ESCROW.KEY";
    private static final Attributes MAY_GO = Attributes.of(Attribute.DESTROYABLE, true);

    @Test
    void onlyItsOwnerDestroysAnObject() {
        ObjectInfo key = key(KeyTemplate.aes(256).labelled("payroll"));

        assertThatCode(() -> DestroyRules.require(ALICE, key)).doesNotThrowAnyException();
        assertRefused(Reason.KEY_NOT_FOUND, () -> DestroyRules.require(BOB, key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {MASTER_KEY, "ORACLE.TSE.HSM.MK.079F37D091A73D4F13BF2CE921EB2CF0800203", "ORACLE.", ESCROW_KEY})
    void aMasterKeyOfOracleAndTheKeyOfTheEscrowStay(String label) {
        ObjectInfo key = key(KeyTemplate.aes(256).labelled(label));

        assertRefused(Reason.KEY_NOT_DESTROYABLE, () -> DestroyRules.require(ALICE, key))
                .hasMessageContaining("destroyable to true");
    }

    /** Oracle's template for a master key; whether it mentions this attribute is not known. */
    @Test
    void aTemplateDoesNotTakeTheGuardAway() {
        ObjectInfo key = key(KeyTemplate.aes(256)
                .labelled(MASTER_KEY)
                .with(Attribute.MODIFIABLE, false)
                .with(Attribute.DESTROYABLE, true));

        assertRefused(Reason.KEY_NOT_DESTROYABLE, () -> DestroyRules.require(ALICE, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORACLE.SECURITY.KM.ENCRYPTION.3036", "COFFER.TDE.ESCROW.AZ8FVVrF0U9vv7QxFfqBBxsAAAAA"})
    void aDataObjectOfOracleOrOfTheEscrowStays(String label) {
        Attributes metadata = NewObject.imported(
                ALICE, Attributes.of(Attribute.CLASS, ObjectClass.DATA).with(Attribute.LABEL, label));

        assertRefused(Reason.KEY_NOT_DESTROYABLE, () -> DestroyRules.require(ALICE, of(metadata)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORACLE", "oracle.x", "COFFER.TDE.HISTORY", "MY.ORACLE.KEY"})
    void otherLabelsAreNotGuarded(String label) {
        assertThatCode(() ->
                        DestroyRules.require(ALICE, key(KeyTemplate.aes(256).labelled(label))))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherLabelDoesNotTakeTheGuardAway() {
        ObjectInfo key = key(KeyTemplate.aes(256).labelled(MASTER_KEY));

        Attributes renamed = ChangeRules.changed(ALICE, key, Attributes.of(Attribute.LABEL, "scratch"));

        assertRefused(Reason.KEY_NOT_DESTROYABLE, () -> DestroyRules.require(ALICE, of(renamed)));
    }

    @Test
    void aKeyThatIsGivenSuchALabelStays() {
        ObjectInfo key = key(KeyTemplate.aes(256).labelled("scratch"));

        Attributes renamed = ChangeRules.changed(ALICE, key, Attributes.of(Attribute.LABEL, MASTER_KEY));

        assertRefused(Reason.KEY_NOT_DESTROYABLE, () -> DestroyRules.require(ALICE, of(renamed)));
    }

    @Test
    void aCopyIntoTheTokenStays() {
        ObjectInfo passing = key(KeyTemplate.aes(256).labelled(MASTER_KEY).forSession());

        Attributes copy = ChangeRules.copied(ALICE, passing, Attributes.of(Attribute.TOKEN, true));

        assertThat(passing.attributes().is(Attribute.DESTROYABLE)).isTrue();
        assertRefused(Reason.KEY_NOT_DESTROYABLE, () -> DestroyRules.require(ALICE, of(copy)));
    }

    @Test
    void itsOwnerRetiresAKeyInTwoSteps() {
        ObjectInfo key = key(KeyTemplate.aes(256).labelled(MASTER_KEY).with(Attribute.MODIFIABLE, false));

        ObjectInfo retired = of(ChangeRules.changed(ALICE, key, MAY_GO));

        assertThatCode(() -> DestroyRules.require(ALICE, retired)).doesNotThrowAnyException();
        assertRefused(Reason.KEY_NOT_FOUND, () -> ChangeRules.changed(BOB, key, MAY_GO));
    }

    @Test
    void anUnmodifiableKeyChangesInNothingElseMeanwhile() {
        ObjectInfo key = key(KeyTemplate.aes(256).labelled(MASTER_KEY).with(Attribute.MODIFIABLE, false));

        assertRefused(
                Reason.ATTRIBUTE_READ_ONLY,
                () -> ChangeRules.changed(ALICE, key, MAY_GO.with(Attribute.LABEL, "scratch")));
    }

    private static ObjectInfo key(KeyTemplate template) {
        return of(NewObject.generated(ALICE, template.attributes(), MechanismType.AES_KEY_GEN));
    }

    private static ObjectInfo of(Attributes attributes) {
        return new ObjectInfo(new KeyId(7), attributes);
    }
}
