package org.cofferhsm.hsm.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({"list,list,0", "lst,list,1", "kye,key,2", "'',abc,3", "abc,'',3", "generate,generated,1"})
    void countsTheLettersThatDiffer(String one, String other, int distance) {
        assertThat(Suggestion.distance(one, other)).isEqualTo(distance);
    }

    @Test
    void offersTheNearestWord() {
        assertThat(Suggestion.clause("shrae", List.of("share", "unshare"))).isEqualTo("; did you mean \"share\"?");
    }

    @Test
    void offersNothingWhenNothingIsNear() {
        assertThat(Suggestion.clause("frobnicate", List.of("key", "user"))).isEmpty();
    }
}
