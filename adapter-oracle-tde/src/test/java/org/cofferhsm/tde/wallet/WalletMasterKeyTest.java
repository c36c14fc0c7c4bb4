package org.cofferhsm.tde.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class WalletMasterKeyTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/wallet/master-keys.csv")
    void readsThePublishedExamples(String id, String value, LocalDateTime made, int bits) {
        try (Wallet wallet = SampleWallet.of(Map.of(EntryNames.KEY + id, value))) {
            WalletMasterKey key = wallet.masterKeys().get(0);

            assertThat(key.id().text()).isEqualTo(id);
            assertThat(key.made()).contains(made);
            assertThat(key.bits()).isEqualTo(bits);
            assertThat(key.current()).isFalse();
            assertThat(key.described()).isFalse();
        }
    }

    @Test
    void tellsWhichKeyIsInUseWhere() {
        try (Wallet wallet = SampleWallet.of(SampleWallet.secrets())) {
            assertThat(wallet.masterKeys())
                    .extracting(key -> key.id().text())
                    .containsExactly(SampleWallet.FIRST, SampleWallet.SECOND);
            assertThat(wallet.masterKeys().get(0).current()).isFalse();
            assertThat(wallet.masterKeys().get(1).currentOf()).containsExactly("", SampleWallet.GUID);
            assertThat(wallet.masterKeys().get(1).described()).isTrue();
        }
    }

    /** What is not known is kept: a form that a later release brings must not lose a key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not Base64 at all",
                "AEMA",
                "AAQAAQ==",
                "AAYAASAA",
                "AAYAAf//",
                "AQYAAQAA",
                "AAYAAwAA",
                "AEQAASAASGYs0phWHfNt9J5mEMkkegGFiD4LLfQszDojgDzbfoYDEACv0x3pJC+UGD/PdtE2jLIcBQcAeHgJChQGLA=="
            })
    void takesAValueOfAnUnknownFormAsItIs(String value) {
        Map<String, String> secrets = new TreeMap<>(Map.of(EntryNames.KEY + SampleWallet.FIRST, value));
        try (Wallet wallet = SampleWallet.of(secrets)) {
            assertThat(wallet.masterKeys()).singleElement().satisfies(key -> {
                assertThat(key.made()).isEmpty();
                assertThat(key.bits()).isZero();
            });
            assertThat(SampleWallet.secretsOf(wallet)).isEqualTo(secrets);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000", "78780d0a140628", "78780220010101", "7878", "ffffffffffffff"})
    void aDateThatIsNoneIsLeftOut(String hex) {
        assertThat(OracleDate.decode(java.util.HexFormat.of().parseHex(hex))).isEmpty();
    }

    @Test
    void anIdentifierIsBase64Of39Bytes() {
        assertThat(WalletKeyId.parse(SampleWallet.FIRST)).isPresent();
        assertThat(WalletKeyId.parse("MASTERKEY")).isEmpty();
        assertThat(WalletKeyId.parse(SampleWallet.FIRST.replace('W', '*'))).isEmpty();
        assertThat(EntryNames.key(EntryNames.METADATA + SampleWallet.FIRST)).isEmpty();
    }

    @Test
    void neverShowsAKey() {
        byte[] value = SampleWallet.FIRST_VALUE.getBytes(StandardCharsets.US_ASCII);
        Optional<MasterKeyValue> decoded = MasterKeyValue.decode(SecretBytes.owning(value));
        try (Wallet wallet = SampleWallet.of(SampleWallet.secrets())) {
            assertThat(decoded + " " + wallet)
                    .doesNotContain("AASGYs0phW", "48662cd2")
                    .contains("SecretBytes");
        }
    }
}
