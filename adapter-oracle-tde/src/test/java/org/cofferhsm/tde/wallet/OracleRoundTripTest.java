package org.cofferhsm.tde.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Wallets go back and forth between this code and Oracle's own library, the newest and that of 19c. */
class OracleRoundTripTest {

    private static final char[] PASSWORD = SampleWallet.PASSWORD.toCharArray();

    // The library of 19c decrypts PBES2 first with a question mark for each letter beyond ASCII. In one wallet of a
    // hundred the padding comes out right by chance, and it reads garbage.
    private static final String ASCII_PASSWORD = "Geheim-und-laenger-16";

    @TempDir
    Path directory;

    private Path ewallet() {
        return directory.resolve("ewallet.p12");
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatOracleWrites(OracleJars oracle) throws Exception {
        oracle.write(directory, SampleWallet.PASSWORD, SampleWallet.secrets());

        try (Wallet wallet = WalletReader.read(new WalletFile(ewallet()).read(), PASSWORD)) {
            assertThat(SampleWallet.secretsOf(wallet)).isEqualTo(SampleWallet.secrets());
            assertThat(wallet.others()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsAWrongPasswordFromAWalletThatIsNone(OracleJars oracle) throws Exception {
        oracle.write(directory, SampleWallet.PASSWORD, SampleWallet.secrets());
        byte[] file = Files.readAllBytes(ewallet());

        assertRefused(Reason.PIN_INCORRECT, () -> WalletReader.read(file, "Wrong-Password-1".toCharArray()));
        byte[] sso = Files.readAllBytes(directory.resolve("cwallet.sso"));
        assertRefused(Reason.DATA_INVALID, () -> WalletReader.read(sso, PASSWORD));
    }

    @ParameterizedTest
    @CsvSource({
        "NEW, AES256, " + SampleWallet.PASSWORD,
        "NEW, TRIPLE_DES, " + SampleWallet.PASSWORD,
        "OLD, TRIPLE_DES, " + SampleWallet.PASSWORD,
        "OLD, AES256, " + ASCII_PASSWORD
    })
    void oracleReadsWhatIsWritten(OracleJars oracle, WalletForm form, String password) throws Exception {
        try (Wallet wallet = SampleWallet.of(SampleWallet.secrets())) {
            new WalletFile(ewallet()).create(WalletWriter.write(wallet, password.toCharArray(), form));
        }

        assertThat(oracle.read(directory, password)).isEqualTo(SampleWallet.secrets());
        assertThatThrownBy(() -> oracle.read(directory, "Wrong-Password-1"))
                .isInstanceOf(InvocationTargetException.class);
    }

    @ParameterizedTest
    @EnumSource
    void oracleFindsHundredsOfEntries(OracleJars oracle) throws Exception {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            secrets.put("ORACLE.SECURITY.CL.ENCRYPTION.CLIENT" + i, "secret " + i);
        }
        try (Wallet wallet = SampleWallet.of(secrets)) {
            Files.write(ewallet(), WalletWriter.write(wallet, ASCII_PASSWORD.toCharArray(), WalletForm.AES256));
        }

        assertThat(oracle.read(directory, ASCII_PASSWORD)).isEqualTo(secrets);
    }

    @ParameterizedTest
    @EnumSource
    void oraclesLibraryMakesTheAutoLoginWallet(OracleJars oracle) throws Exception {
        try (Wallet wallet = HsmPasswordWallet.of("tde_user:Pîn-€-42".toCharArray())) {
            new WalletFile(ewallet())
                    .create(WalletWriter.write(wallet, ASCII_PASSWORD.toCharArray(), WalletForm.AES256));
        }
        try (OracleLibrary library = OracleLibrary.in(oracle.jars())) {
            library.makeAutoLogin(directory, ASCII_PASSWORD.toCharArray(), false);
        }

        assertThat(oracle.readAutoLogin(directory)).isEqualTo(Map.of(EntryNames.HSM_PASSWORD, "tde_user:Pîn-€-42"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("cwallet.sso"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theHsmPasswordIsAddedToAWalletOfOracles() throws Exception {
        OracleJars.NEW.write(directory, SampleWallet.PASSWORD, SampleWallet.secrets());
        try (Wallet before = WalletReader.read(Files.readAllBytes(ewallet()), PASSWORD);
                Wallet after = HsmPasswordWallet.in(before, "tde_user:another-pin".toCharArray())) {
            Files.write(ewallet(), WalletWriter.write(after, PASSWORD, WalletForm.AES256));
        }

        Map<String, String> expected = SampleWallet.secrets();
        expected.put(EntryNames.HSM_PASSWORD, "tde_user:another-pin");
        assertThat(OracleJars.NEW.read(directory, SampleWallet.PASSWORD)).isEqualTo(expected);
    }

    @Test
    void findsOraclesLibraryOnTheClassPath() throws Exception {
        try (Wallet wallet = HsmPasswordWallet.of("tde_user:Correct-Horse".toCharArray())) {
            Files.write(ewallet(), WalletWriter.write(wallet, PASSWORD, WalletForm.AES256));
        }
        try (OracleLibrary library = OracleLibrary.onClassPath().orElseThrow()) {
            assertRefused(
                    Reason.DATA_INVALID,
                    () -> library.makeAutoLogin(directory, "Wrong-Password-1".toCharArray(), false));
            library.makeAutoLogin(directory, PASSWORD, true);
        }

        assertThat(OracleJars.NEW.readAutoLogin(directory)).containsKey(EntryNames.HSM_PASSWORD);
    }

    @Test
    void saysWhatIsMissingInAJarThatIsNotOracles() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> OracleLibrary.in(List.of(directory.resolve("no.jar"))));
        assertRefused(Reason.ARGUMENT_INVALID, () -> OracleLibrary.in(List.of()));
    }
}
