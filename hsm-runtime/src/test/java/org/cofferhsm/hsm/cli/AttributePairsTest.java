package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributePairsTest {

    @Test
    void readsEachValueInItsOwnSyntax() {
        assertThat(AttributePairs.parse(List.of("wrap=true", "id=0x0aff", "usage-limit=3")))
                .isEqualTo(Attributes.of(Attribute.WRAP, true)
                        .with(Attribute.ID, Octets.of((byte) 0x0a, (byte) 0xff))
                        .with(Attribute.USAGE_LIMIT, 3L));
    }

    @ParameterizedTest
    @CsvSource({
        "wrap,ARGUMENT_INVALID",
        "=true,ARGUMENT_INVALID",
        "wrap=yes,ATTRIBUTE_VALUE_INVALID",
        "id=0xz,ATTRIBUTE_VALUE_INVALID",
        "end-date=tomorrow,ATTRIBUTE_VALUE_INVALID",
        "warp=true,ATTRIBUTE_TYPE_INVALID"
    })
    void refusesWhatIsNoAttribute(String pair, Reason reason) {
        assertThatThrownBy(() -> AttributePairs.parse(List.of(pair)))
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
