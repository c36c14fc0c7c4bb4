package org.cofferhsm.tde.wallet;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.cofferhsm.hsm.error.HsmException;

/** Writes {@code ewallet.p12} so that Oracle's own library reads it. */
public final class WalletWriter {

    private static final int SHORTEST_PASSWORD = 8;

    private WalletWriter() {}

    /** The file's content. Only secrets are written; the password stays the caller's to wipe. */
    public static byte[] write(Wallet wallet, char[] password, WalletForm form) {
        requirePassword(password);
        if (wallet.others() > 0) {
            throw HsmException.dataInvalid("the wallet holds " + wallet.others() + " keys or certificates beside its"
                    + " secrets, which would be lost; write the secrets into a wallet of their own");
        }
        try {
            PKCS12PfxPduBuilder builder =
                    new PKCS12PfxPduBuilder().addEncryptedData(form.encryptor(password), bags(wallet.entries()));
            return builder.build(mac(), password).getEncoded(ASN1Encoding.DER);
        } catch (IOException | OperatorCreationException | PKCSException e) {
            throw HsmException.internal("the wallet cannot be encoded").causedBy(e);
        }
    }

    /** SHA-1, since Oracle's releases up to the newest have no other here. */
    private static JcePKCS12MacCalculatorBuilder mac() {
        return new JcePKCS12MacCalculatorBuilder(OIWObjectIdentifiers.idSHA1)
                .setProvider(new BouncyCastleProvider())
                .setIterationCount(WalletForm.ITERATIONS);
    }

    private static PKCS12SafeBag[] bags(List<WalletEntry> entries) {
        PKCS12SafeBag[] bags = new PKCS12SafeBag[entries.size()];
        for (int i = 0; i < bags.length; i++) {
            bags[i] = new PKCS12SafeBag(OracleBag.of(entries.get(i), i));
        }
        return bags;
    }

    /** Oracle's own rule for new wallets. */
    private static void requirePassword(char[] password) {
        boolean letters = false;
        boolean others = false;
        for (char character : password) {
            letters |= Character.isLetter(character);
            others |= !Character.isLetter(character);
        }
        if (password.length < SHORTEST_PASSWORD || !letters || !others) {
            throw HsmException.pinInvalid("a wallet's password has at least " + SHORTEST_PASSWORD
                    + " characters, letters and others; Oracle takes no other, and recommends 16 and more");
        }
    }
}
