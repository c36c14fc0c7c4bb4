package org.cofferhsm.signtool.format.appx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTest {

    private static final String NAMED = "PartName='/AppxSignature.p7x' ";

    private static ContentTypes of(String xml) {
        return ContentTypes.of(xml.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Types><Override PartName=\"/AppxSignature.p7x\" ContentType=\"a\"/></Types> | true",
                "<Types><Override ContentType=\"a\" PartName = \"/AppxSignature.p7x\" /></Types> | true",
                "<Types><Override PartName=\"/AppxSignature.p7x\"></Override></Types> | false",
                "<Types><Override PartName=\"/AppxSignature.p7x.xml\"/></Types> | false",
                "<Types><Override PartName=\"/other\"/><Default PartName=\"/AppxSignature.p7x\"/></Types> | false"
            })
    void findsTheSignaturesName(String xml, boolean expected) {
        assertThat(of(xml).nameSignature()).isEqualTo(expected);
    }

    @Test
    void takesTheSignaturesTagOutAndLeavesTheRest() {
        String rest = "<Types><Override PartName=\"/a$1\"/>%s<Default Extension=\"p7x\"/></Types>";

        assertThat(of(String.format(rest, "<Override " + NAMED + "/>")).withoutSignature())
                .isEqualTo(of(String.format(rest, "")));
    }

    /** As much as the content types may be, packed into a few kilobytes; it took minutes. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void looksThroughHostileContentTypesOnce() {
        ContentTypes hostile = of("<Types><Override " + NAMED.repeat((1 << 22) / NAMED.length()) + ">");

        assertThat(hostile.nameSignature()).isFalse();
    }
}
