package org.cofferhsm.ekm.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

    /** Whichever comes first: a comment, a string or an identifier. */
    private static final Pattern FREE = Pattern.compile("--[^\\n]*|N?'(?:[^']|'')*'|\\[(?:[^\\]]|]])*]");

    private static final Pattern UNFILLED = Pattern.compile("<[\\[!'+]");

    /** The statements with what may be anything taken out. */
    private static String bare(String script) {
        return FREE.matcher(script).replaceAll(found -> switch (found.group().charAt(0)) {
            case '-' -> "";
            case '[' -> "[]";
            default -> "''";
        });
    }

    @ParameterizedTest
    @EnumSource
    void fillsEveryPlace(Scenario scenario) {
        String script = Script.of(scenario, SiteNames.usual());

        assertThat(UNFILLED.matcher(script).results()).isEmpty();
        assertThat(script).contains("GO\n").contains("-- Check:");
    }

    @ParameterizedTest
    @EnumSource
    void quotesNamesSoThatTheyChangeNothingElse(Scenario scenario) {
        String usual = Script.of(scenario, SiteNames.usual());
        SiteNames odd = SiteNames.usual();
        SiteNames.meanings().keySet().forEach(name -> odd.with(name, "]; DROP TABLE x; --'" + name));

        assertThat(bare(Script.of(scenario, odd))).isEqualTo(bare(usual));
    }

    /** Secrets come from the environment, by variables of sqlcmd. */
    @ParameterizedTest
    @EnumSource
    void holdsNoSecret(Scenario scenario) {
        String script = Script.of(scenario, SiteNames.usual());

        assertThat(Pattern.compile("SECRET = (?<value>N'[^']*')")
                        .matcher(script)
                        .results())
                .allMatch(found -> found.group(1).matches("N'\\$\\(COFFER_(CREATOR|USER)_SECRET\\)'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nGO\nSHUTDOWN", "a\u0085b", "$(COFFER_USER_SECRET)"})
    void refusesNamesThatWouldLeaveTheirPlace(String name) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> SiteNames.usual().with("database", name));
    }

    @Test
    void refusesIdentifiersThatSqlServerWouldNotTake() {
        SiteNames names = SiteNames.usual().with("key", "k".repeat(125));

        assertRefused(Reason.ARGUMENT_INVALID, () -> Script.of(Scenario.TDE, names))
                .hasMessageContaining("--key");
    }

    @Test
    void keepsTheOldKeyAfterARotationAndTheProviderKeyAfterATeardown() {
        assertThat(bare(Script.of(Scenario.ROTATION, SiteNames.usual()))).doesNotContain("DROP");
        assertThat(bare(Script.of(Scenario.TEARDOWN, SiteNames.usual())))
                .contains("DROP ASYMMETRIC KEY")
                .doesNotContain("REMOVE PROVIDER KEY");
    }
}
