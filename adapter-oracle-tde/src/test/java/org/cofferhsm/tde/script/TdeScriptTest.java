package org.cofferhsm.tde.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dscripts.write=true} writes the expected texts anew, to be read before they are committed. */
class TdeScriptTest {
    private static final Path EXPECTED = Path.of("src", "test", "resources", "script");
    private static final Path CLASSIC = Path.of("/opt/oracle/extapi/64/hsm/coffer/0.1.0/libcoffer-pkcs11.so");
    private static final Path LOCATED = Path.of("/opt/oracle/extapi/64/pkcs11/coffer/0.1.0/libcoffer-pkcs11.so");

    static Stream<TdeScript> scripts() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> Arrays.stream(Release.values())
                        .filter(release -> topic.needs().map(release::has).orElse(true))
                        .map(release -> new TdeScript(topic, release, site(release))));
    }

    private static Site site(Release release) {
        return new Site(
                "orcl",
                Path.of("/etc/ORACLE/WALLETS/orcl"),
                release.has(Release.Feature.LIBRARY_LOCATION) ? LOCATED : CLASSIC,
                "DBA's 2026",
                List.of(new Pdb("SALES", "sales"), new Pdb("HR", "hr")));
    }

    private static Site site(String user, String tag, Pdb... pdbs) {
        return new Site(user, Path.of("/etc/wallet"), CLASSIC, tag, List.of(pdbs));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void isTheExpectedText(TdeScript script) throws IOException {
        Path file = EXPECTED.resolve(script.topic().id() + "-" + script.release() + ".sql");
        if (Boolean.getBoolean("scripts.write")) {
            Files.createDirectories(EXPECTED);
            Files.writeString(file, script.text());
        }

        assertThat(script.text()).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void hasNoHolesAndNoPassword(TdeScript script) {
        assertThat(script.text()).doesNotContain("{{", "}}", "--%");
        assertThat(Pattern.compile("IDENTIFIED BY \"([^\"]*)\"")
                        .matcher(script.text())
                        .results())
                .allMatch(found -> found.group(1).matches("(([a-z]+|<PDB_USER>):)?<[A-Z_]+>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void closesEveryStatementAndQuote(TdeScript script) {
        String statements = script.text()
                .lines()
                .filter(line -> !line.startsWith("--") && !line.isBlank())
                .filter(line -> !line.matches("SHUTDOWN IMMEDIATE|STARTUP( MOUNT)?|SET (DEFINE OFF|LINESIZE 200)"))
                .reduce("", (all, line) -> all + line + "\n");

        assertThat(statements).endsWith(";\n");
        assertThat(statements.chars().filter(sign -> sign == '"').count()).isEven();
        assertThat(statements.chars().filter(sign -> sign == '\'').count()).isEven();
        assertThat(statements).doesNotContain("-\n"); // SQL*Plus would go on in the next line
    }

    @Test
    void doublesQuotesInATag() {
        TdeScript script = new TdeScript(Topic.ROTATE, Release.R19C, site("orcl", "it's; '' DROP"));

        assertThat(script.text()).contains("USING TAG 'it''s; '''' DROP' IDENTIFIED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b", "a\u2028b\u0085c"})
    void refusesLineBreaksInATag(String tag) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> site("orcl", tag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "or\"cl", "or'cl", "or:cl", "or\ncl", "or;cl", "or&cl"})
    void refusesAUserThatSqlCannotQuote(String user) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> site(user, "tag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1PDB", "SA LES", "SALES;", "SALES--", "\"SALES\"", "SALES\nX"})
    void refusesAContainerThatWouldNeedQuotes(String name) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> new Pdb(name, "sales"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wallet", "/etc/wal'let", "/etc/wal let", "/etc/wallet;", "/etc/w\nx", "/etc/&x"})
    void refusesAPathThatSqlWouldReadOtherwise(String path) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> new Site("orcl", Path.of(path), CLASSIC, "tag", List.of()));
    }

    @Test
    void refusesWhatTheReleaseLacks() {
        assertRefused(
                        Reason.ARGUMENT_INVALID,
                        () -> new TdeScript(Topic.ISOLATED, Release.R12_2, site("orcl", "t", new Pdb("P", "p"))))
                .hasMessageContaining("12.2");
        assertRefused(
                        Reason.ARGUMENT_INVALID,
                        () -> new TdeScript(Topic.SWITCH_LIBRARY, Release.R23AI, site("orcl", "t")))
                .hasMessageContaining("--layout pkcs11");
    }

    @Test
    void namesAPdbsUserAfterItWhenNobodySays() {
        assertThat(Pdb.parse("SALES")).isEqualTo(new Pdb("SALES", "sales"));
        assertThat(Pdb.parse("SALES=sales-tde")).isEqualTo(new Pdb("SALES", "sales-tde"));
    }
}
