package org.cofferhsm.tde.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file holds, the outcome is a wallet or one of two refusals: the file from outside, and what is behind a
 * password that fits.
 */
class WalletReaderFuzzTest {

    private static final char[] PASSWORD = SampleWallet.PASSWORD.toCharArray();

    static Stream<byte[]> wallets() throws IOException {
        try (Wallet wallet = SampleWallet.of(SampleWallet.secrets())) {
            SafeBag[] bags = {
                OracleBag.of(wallet.entries().get(0), 0),
                OracleBag.of(wallet.entries().get(1), 1)
            };
            return Stream.of(
                    prefixed(0, WalletWriter.write(wallet, PASSWORD, WalletForm.AES256)),
                    prefixed(0, WalletWriter.write(wallet, PASSWORD, WalletForm.TRIPLE_DES)),
                    prefixed(1, new DERSequence(bags).getEncoded()));
        }
    }

    private static byte[] prefixed(int first, byte[] rest) {
        byte[] both = new byte[rest.length + 1];
        both[0] = (byte) first;
        System.arraycopy(rest, 0, both, 1, rest.length);
        return both;
    }

    @MethodSource("wallets")
    @FuzzTest
    void survivesAnything(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        try (Wallet wallet = (input[0] & 1) == 0 ? WalletReader.read(rest, PASSWORD) : content(rest)) {
            assertThat(wallet.masterKeys())
                    .hasSizeLessThanOrEqualTo(wallet.entries().size());
        } catch (HsmException e) {
            assertThat(e.reason()).isIn(Reason.DATA_INVALID, Reason.PIN_INCORRECT);
        }
    }

    /** As after the MAC and the decryption. */
    private static Wallet content(byte[] safeContents) {
        return Decoding.of("the wallet", () -> {
            BagReader bags = new BagReader();
            bags.read(safeContents);
            return bags.wallet();
        });
    }
}
