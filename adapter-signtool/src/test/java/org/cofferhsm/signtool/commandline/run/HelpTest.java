package org.cofferhsm.signtool.commandline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpTest {

    @ParameterizedTest
    @EnumSource(Verb.class)
    void saysWhatEachOptionOfAVerbDoes(Verb verb) {
        List<String> lines = Help.of(List.of(verb.word(), "/?"));

        assertThat(lines).noneMatch(line -> line.contains("works on Windows only"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("    /") || line.startsWith("    --"))
                .hasSameSizeAs(Option.under(verb));
    }

    @Test
    void isAskedForByTheFirstOrSecondWordAlone() {
        assertThat(Help.isAskedFor(List.of("/?"))).isTrue();
        assertThat(Help.isAskedFor(List.of("sign", "-h"))).isTrue();
        assertThat(Help.isAskedFor(List.of("sign", "/d", "/?", "a.exe"))).isFalse();
    }

    @Test
    void listsTheVerbs() {
        assertThat(String.join("\n", Help.of(List.of()))).contains("sign", "timestamp", "verify", "remove", "history");
    }
}
