package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilterTest {

    @Test
    void readsAKeyReference() {
        assertThat(KeyFilter.parse(List.of("key-reference=0x2e06bf")).reference())
                .contains(new KeyId(0x2e06bf));
    }

    @Test
    void readsAttributesTogether() {
        KeyFilter filter = KeyFilter.parse(List.of("attr.label=a=b", "attr.class=private-key", "attr.sign=TRUE"));
        assertThat(filter.reference()).isEmpty();
        assertThat(filter.attributes())
                .isEqualTo(Attributes.of(Attribute.LABEL, "a=b")
                        .with(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                        .with(Attribute.SIGN, true));
    }

    @Test
    void matchesEverythingWithoutTerms() {
        assertThat(KeyFilter.parse(List.of()).attributes()).isEqualTo(Attributes.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"label=payroll", "payroll", "attr", "", "key-reference"})
    void refusesWhatIsNoFilter(String term) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> KeyFilter.parse(List.of(term)))
                .withMessageContaining("write key-reference=0x... or attr.NAME=VALUE");
    }

    @Test
    void refusesASecondKeyReference() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> KeyFilter.parse(List.of("key-reference=0x1", "key-reference=0x2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key-reference=", "key-reference=zz", "key-reference=-1", "key-reference=0"})
    void refusesAReferenceThatIsNone(String term) {
        assertThatThrownBy(() -> KeyFilter.parse(List.of(term)))
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ARGUMENT_INVALID));
    }

    @Test
    void namesTheNearestAttribute() {
        assertThatThrownBy(() -> KeyFilter.parse(List.of("attr.lable=x")))
                .hasMessage("no attribute is called \"lable\"; did you mean \"label\"?");
    }
}
