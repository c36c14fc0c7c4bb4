package org.cofferhsm.ekm.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The kit cannot run here; what it takes from Coffer can be compared. */
class VerificationKitTest {

    private static final Path DIRECTORY = Path.of("../samples/src/main/sqlserver");
    private static final Pattern CALL = Pattern.compile("coffer ekm script(?:[^\\n]*`\\n)*[^\\n]*");
    private static final Pattern OPTION = Pattern.compile("--(?<name>[a-z-]+)");

    private static String kit() throws IOException {
        return Files.readString(DIRECTORY.resolve("verify-windows.ps1"));
    }

    @Test
    void namesOnlyOptionsOfTheCommand() throws IOException {
        Set<String> known = new TreeSet<>(SiteNames.meanings().keySet());
        known.add("scenario");
        Set<String> used = new TreeSet<>();
        Matcher call = CALL.matcher(kit());
        while (call.find()) {
            OPTION.matcher(call.group()).results().forEach(option -> used.add(option.group(1)));
        }

        assertThat(used).contains("scenario", "database", "key").isSubsetOf(known);
    }

    /** The kit shares the key between the two halves of the script. */
    @Test
    void splitsTheScriptWhereTheKeyHasToBeShared() throws IOException {
        String mark = "-- Who uses the key";
        String script = Script.of(Scenario.TDE, SiteNames.usual());

        assertThat(kit()).contains("'" + mark + "'");
        assertThat(script.split(mark, -1)).hasSize(2);
        assertThat(script.substring(0, script.indexOf(mark))).contains("CREATE ASYMMETRIC KEY");
        assertThat(script.substring(script.indexOf(mark))).contains("CREATE LOGIN", "CREATE DATABASE ENCRYPTION KEY");
    }

    @Test
    void recordsTheCallsAndShowsTheSameSession() throws IOException {
        String record = Files.readString(DIRECTORY.resolve("record-ekm-calls.sql"));
        String show = Files.readString(DIRECTORY.resolve("show-ekm-calls.sql"));

        assertThat(record).contains("sqlserver.sec_ekm_provider_called", "CREATE EVENT SESSION coffer_ekm_calls");
        assertThat(show).contains("coffer_ekm_calls*.xel", "cred_prov_api", "cred_prov_result", "cred_prov_name");
    }
}
