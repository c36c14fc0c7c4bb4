package org.cofferhsm.tde.wallet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.wallet.OracleJars;
import org.cofferhsm.tde.wallet.SampleWallet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a database administrator types them, with wallets that Oracle's own library writes and reads. */
@Timeout(300)
class WalletCommandsTest {

    private static final String NEW_PASSWORD = "Rebuilt-Wallet-2026";

    @TempDir
    private Path directory;

    private TestModule module;
    private Path wallet;
    private Map<String, String> environment;
    private TestTerminal terminal;

    @BeforeEach
    void create() throws Exception {
        module = TestModule.create(directory.resolve("module"), "sales");
        wallet = Files.createDirectory(directory.resolve("tde"));
        Files.createDirectory(directory.resolve("out"));
        OracleJars.NEW.write(wallet, SampleWallet.PASSWORD, SampleWallet.secrets());
        environment = new HashMap<>(module.environment("sales"));
        environment.put("COFFER_WALLET_PASSWORD", SampleWallet.PASSWORD);
        environment.put("COFFER_NEW_WALLET_PASSWORD", NEW_PASSWORD);
    }

    private int tde(String... arguments) {
        terminal = new TestTerminal(directory, environment);
        List<String> all = new ArrayList<>(List.of("tde"));
        all.addAll(List.of(arguments));
        return terminal.coffer(all.toArray(String[]::new));
    }

    private String said() {
        return terminal.written() + "" + terminal.complaints();
    }

    private void done(String... arguments) {
        assertThat(tde(arguments)).as(() -> said()).isZero();
        for (String secret : List.of(SampleWallet.FIRST_VALUE, SampleWallet.SECOND_VALUE, SampleWallet.PASSWORD)) {
            assertThat(said()).doesNotContain(secret);
        }
    }

    private void refused(String why, String... arguments) {
        assertThat(tde(arguments)).as(() -> said()).isEqualTo(1);
        assertThat(said()).contains(why);
    }

    private List<String> names(String where) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(where))) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.endsWith(".lck"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void listsAWalletWithoutAModule() {
        environment.remove("COFFER_PIN");
        environment.put("COFFER_HOME", directory.resolve("nowhere").toString());

        done("import-wallet", "--file", "tde/ewallet.p12", "--list");

        assertThat(said())
                .contains(SampleWallet.FIRST, "2020-09-10T19:05:43", "256", "the database", SampleWallet.GUID)
                .contains("ORACLE.SECURITY.CL.ENCRYPTION.HSM_PASSWORD")
                .doesNotContain("tde_user");
        done("import-wallet", "--file", "tde/ewallet.p12", "--list", "--json");
        assertThat(said()).contains("\"made\": \"2023-11-06T14:02:20\"");
    }

    @Test
    void keepsAndRebuildsAWallet() throws Exception {
        done("import-wallet", "--file", "tde/ewallet.p12", "--dry-run");
        assertThat(said()).contains("Nothing was changed", "2 master keys added");
        done("import-wallet", "--file", "tde/ewallet.p12");
        assertThat(said()).contains("2 master keys added, 0 there already", "Oracle does not look for these keys");
        done("import-wallet", "--file", "tde/ewallet.p12");
        assertThat(said()).contains("0 master keys added, 2 there already");
        done("list-escrow");
        assertThat(said()).contains("default", SampleWallet.FIRST, SampleWallet.SECOND);

        done("export-wallet", "--out", "out/ewallet.p12");

        assertThat(said()).contains("orapki wallet create", "CREATE AUTO_LOGIN KEYSTORE");
        for (OracleJars oracle : OracleJars.values()) {
            assertThat(oracle.read(directory.resolve("out"), NEW_PASSWORD)).isEqualTo(SampleWallet.secrets());
        }
    }

    @Test
    void neverOverwritesAWallet() throws Exception {
        done("import-wallet", "--file", "tde/ewallet.p12");
        done("export-wallet", "--out", "out/ewallet.p12");
        byte[] first = Files.readAllBytes(directory.resolve("out/ewallet.p12"));

        refused("never overwritten", "export-wallet", "--out", "out/ewallet.p12");
        assertThat(Files.readAllBytes(directory.resolve("out/ewallet.p12"))).isEqualTo(first);
        done("export-wallet", "--out", "out/ewallet.p12", "--replace", "--form", "3des");
        assertThat(names("out")).hasSize(2).contains("ewallet.p12").allMatch(name -> name.endsWith(".p12"));
        assertThat(OracleJars.OLD.read(directory.resolve("out"), NEW_PASSWORD)).isEqualTo(SampleWallet.secrets());
    }

    @Test
    void makesTheWalletForTheHsmsPassword() throws Exception {
        done("hsm-wallet", "--out", "out/ewallet.p12", "--auto-login", "--oraclepki", jar());

        assertThat(said()).contains("logs in as sales", "cwallet.sso");
        assertThat(OracleJars.NEW.readAutoLogin(directory.resolve("out")))
                .isEqualTo(Map.of("ORACLE.SECURITY.CL.ENCRYPTION.HSM_PASSWORD", environment.get("COFFER_PIN")));
        for (String name : names("out")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            directory.resolve("out").resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        refused("never overwritten", "hsm-wallet", "--out", "out/ewallet.p12", "--auto-login", "--oraclepki", jar());
        done("hsm-wallet", "--out", "out/ewallet.p12", "--replace", "--auto-login", "--oraclepki", jar());
        assertThat(names("out"))
                .hasSize(4)
                .filteredOn(name -> name.startsWith("cwallet"))
                .hasSize(2);
    }

    private static String jar() throws IOException {
        return OracleJars.NEW.jars().get(0).toAbsolutePath().toString();
    }

    @Test
    void putsTheHsmsPasswordIntoAWalletThatIsThere() throws Exception {
        done("hsm-wallet", "--add-to", "tde/ewallet.p12");

        assertThat(said()).contains("has the old content");
        Map<String, String> expected = SampleWallet.secrets();
        expected.put("ORACLE.SECURITY.CL.ENCRYPTION.HSM_PASSWORD", environment.get("COFFER_PIN"));
        assertThat(OracleJars.NEW.read(wallet, SampleWallet.PASSWORD)).isEqualTo(expected);
        assertThat(names("tde")).hasSize(3);
    }

    @Test
    void saysWhenThePinMayBeAnOldOne() {
        char[] pin = TestModule.PIN.toCharArray();
        module.as("sales", session -> {
            session.users().changeOwnPin(pin, "Another-Horse-43".toCharArray(), Duration.ofDays(7));
            return session.user();
        });

        done("hsm-wallet", "--out", "out/ewallet.p12");

        assertThat(said()).contains("An old PIN of sales logs in until", "is the new one");
    }

    @Test
    void aPinThatDoesNotLogInIsNotStored() throws Exception {
        environment.put("COFFER_PIN", "sales:not-the-right-pin");
        refused("ORA-28353: failed to open the keystore) [PIN_INCORRECT]", "hsm-wallet", "--out", "out/ewallet.p12");
        environment.put("COFFER_PIN", "admin:Correct-Horse-42");
        refused("ROLE_NOT_PERMITTED", "hsm-wallet", "--out", "out/ewallet.p12");

        assertThat(names("out")).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        environment.put("COFFER_WALLET_PASSWORD", "Wrong-Password-1");
        refused("ORA-46627: keystore password mismatch", "import-wallet", "--file", "tde/ewallet.p12");
        refused("is malformed", "import-wallet", "--file", "tde/cwallet.sso", "--list");
        refused("cannot be read", "import-wallet", "--file", "tde/missing.p12", "--list");
        refused("KEY_NOT_FOUND", "export-wallet", "--out", "out/ewallet.p12", "--name", "nobody");
    }

    @Test
    void saysHowItIsUsed() {
        assertThat(tde("hsm-wallet")).isEqualTo(2);
        assertThat(tde("hsm-wallet", "--out", "a", "--add-to", "b")).isEqualTo(2);
        assertThat(tde("import-wallet", "--file", "f", "--list", "--dry-run")).isEqualTo(2);
        assertThat(tde("export-wallet", "--out", "f", "--auto-login", "--local-auto-login"))
                .isEqualTo(2);
        assertThat(tde("export-wallet", "--out", "out/other.p12", "--auto-login"))
                .isEqualTo(2);
        environment.remove("COFFER_WALLET_PASSWORD");
        assertThat(tde("import-wallet", "--file", "tde/ewallet.p12", "--list")).isEqualTo(2);
        assertThat(said()).contains("COFFER_WALLET_PASSWORD");
    }
}
