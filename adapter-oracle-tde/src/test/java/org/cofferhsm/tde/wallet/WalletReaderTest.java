package org.cofferhsm.tde.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class WalletReaderTest {

    private static final char[] PASSWORD = SampleWallet.PASSWORD.toCharArray();

    private static byte[] sample(WalletForm form) {
        try (Wallet wallet = SampleWallet.of(SampleWallet.secrets())) {
            return WalletWriter.write(wallet, PASSWORD, form);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatIsWritten(WalletForm form) {
        try (Wallet wallet = WalletReader.read(sample(form), PASSWORD)) {
            assertThat(SampleWallet.secretsOf(wallet)).isEqualTo(SampleWallet.secrets());
        }
    }

    @Test
    void readsAnEmptyWallet() {
        try (Wallet none = Wallet.of(List.of());
                Wallet read = WalletReader.read(WalletWriter.write(none, PASSWORD, WalletForm.AES256), PASSWORD)) {
            assertThat(read.entries()).isEmpty();
            assertThat(read.masterKeys()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Geheim-und-länger-1", "Geheim-und-länger-16 "})
    void refusesAnotherPassword(String wrong) {
        byte[] file = sample(WalletForm.AES256);

        assertRefused(Reason.PIN_INCORRECT, () -> WalletReader.read(file, wrong.toCharArray()))
                .hasMessageContaining("password");
    }

    /** Whatever is altered, it is refused, and no entry is shown. */
    @Test
    void refusesEveryAlteredByteAndEveryCut() {
        byte[] file = sample(WalletForm.TRIPLE_DES);
        Random random = new Random(42);
        List<Integer> accepted = new ArrayList<>();
        for (int i = 0; i < file.length; i += 1 + random.nextInt(40)) {
            byte[] altered = file.clone();
            altered[i] ^= (byte) (1 << random.nextInt(8));
            if (!isRefused(altered) && !readsTheSame(altered)) {
                accepted.add(i);
            }
            assertThat(isRefused(Arrays.copyOf(file, i))).as("cut at %s", i).isTrue();
        }
        assertThat(accepted).isEmpty();
    }

    private static boolean isRefused(byte[] file) {
        try {
            WalletReader.read(file, PASSWORD).close();
            return false;
        } catch (HsmException e) {
            return e.reason() == Reason.DATA_INVALID || e.reason() == Reason.PIN_INCORRECT;
        }
    }

    /** A bit that means nothing, such as in the parameters of a digest. */
    private static boolean readsTheSame(byte[] file) {
        try (Wallet wallet = WalletReader.read(file, PASSWORD)) {
            return SampleWallet.secretsOf(wallet).equals(SampleWallet.secrets());
        }
    }

    private static byte[] withMac(MacData mac) throws Exception {
        Pfx pfx = Pfx.getInstance(sample(WalletForm.AES256));
        return new Pfx(pfx.getAuthSafe(), mac).getEncoded();
    }

    @Test
    void refusesWorkWithoutEndBeforeDoingIt() throws Exception {
        DigestInfo digest =
                new DigestInfo(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE), new byte[20]);

        byte[] endless = withMac(new MacData(digest, new byte[8], Integer.MAX_VALUE));
        assertRefused(Reason.DATA_INVALID, () -> WalletReader.read(endless, PASSWORD))
                .hasMessageContaining("iterations");
        byte[] salted = withMac(new MacData(digest, new byte[5000], 1));
        assertRefused(Reason.DATA_INVALID, () -> WalletReader.read(salted, PASSWORD));
        byte[] unknown = withMac(new MacData(
                new DigestInfo(new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.113549.2.5")), new byte[16]),
                new byte[8],
                1));
        assertRefused(Reason.DATA_INVALID, () -> WalletReader.read(unknown, PASSWORD));
        byte[] none = new Pfx(Pfx.getInstance(sample(WalletForm.AES256)).getAuthSafe(), null).getEncoded();
        assertRefused(Reason.DATA_INVALID, () -> WalletReader.read(none, PASSWORD))
                .hasMessageContaining("no MAC");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x3080, 0x2480, 0xa080, 0x3180})
    void refusesANestWithoutEnd(int opening) {
        byte[] nest = new byte[4_000_000];
        for (int i = 0; i < nest.length; i += 2) {
            nest[i] = (byte) (opening >> 8);
            nest[i + 1] = (byte) opening;
        }

        assertRefused(Reason.DATA_INVALID, () -> WalletReader.read(nest, PASSWORD));
    }

    private static AlgorithmIdentifier pbes2(PBKDF2Params work, ASN1ObjectIdentifier cipher) {
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_PBES2,
                new PBES2Parameters(
                        new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, work),
                        new EncryptionScheme(cipher, new DEROctetString(new byte[16]))));
    }

    @Test
    void boundsTheWorkOfTheEncryptionToo() {
        AlgorithmIdentifier sha256 = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        ASN1ObjectIdentifier aes = NISTObjectIdentifiers.id_aes256_CBC;
        PasswordWork.requireBounded(pbes2(new PBKDF2Params(new byte[16], 10_000, sha256), aes));
        List<AlgorithmIdentifier> endless = List.of(
                pbes2(new PBKDF2Params(new byte[16], 1_000_001, sha256), aes),
                pbes2(new PBKDF2Params(new byte[2000], 1, sha256), aes),
                pbes2(new PBKDF2Params(new byte[16], 1, Integer.MAX_VALUE, sha256), aes),
                pbes2(new PBKDF2Params(new byte[16], 1, sha256), NISTObjectIdentifiers.id_aes256_ECB),
                new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                        new PKCS12PBEParams(new byte[8], Integer.MAX_VALUE)),
                new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC, new PKCS12PBEParams(new byte[8], 1)));
        for (AlgorithmIdentifier one : endless) {
            assertRefused(Reason.DATA_INVALID, () -> PasswordWork.requireBounded(one));
        }
    }

    @Test
    void refusesAWalletWithOneNameTwice() {
        WalletEntry first = WalletEntry.of("A", "1".toCharArray());
        WalletEntry second = WalletEntry.of("A", "2".toCharArray());

        assertRefused(Reason.DATA_INVALID, () -> Wallet.of(List.of(first, second)));
    }

    @Test
    void writesOnlyWhatItCanKeepWhole() {
        Wallet wallet = new Wallet(List.of(), 1);

        assertRefused(Reason.DATA_INVALID, () -> WalletWriter.write(wallet, PASSWORD, WalletForm.AES256));
        for (String weak : List.of("", "short1", "onlyletters", "1234567890")) {
            assertRefused(
                    Reason.PIN_INVALID,
                    () -> WalletWriter.write(Wallet.of(List.of()), weak.toCharArray(), WalletForm.AES256));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "user:", ":pin"})
    void theHsmPasswordIsUserAndPin(String login) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> HsmPasswordWallet.of(login.toCharArray()));
    }

    @Test
    void wipesItsEntries() {
        Wallet wallet = SampleWallet.of(Map.of("A", "1"));
        wallet.close();

        assertThat(wallet.entries())
                .allSatisfy(entry -> org.assertj.core.api.Assertions.assertThatThrownBy(
                                () -> entry.value().use(bytes -> bytes))
                        .isInstanceOf(IllegalStateException.class));
    }
}
