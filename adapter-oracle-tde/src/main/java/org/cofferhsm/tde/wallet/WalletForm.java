package org.cofferhsm.tde.wallet;

import java.util.Arrays;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.cofferhsm.hsm.error.HsmException;

/** How a wallet is encrypted under its password. Both with the 10,000 iterations of Oracle's own. */
public enum WalletForm {
    /** As Oracle's releases from 21c on write it: PBES2, PBKDF2 with HMAC-SHA-256, AES-256-CBC. */
    AES256("aes256") {
        @Override
        OutputEncryptor encryptor(char[] password) throws OperatorCreationException {
            return new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                    .setProvider(new BouncyCastleProvider())
                    .setPRF(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE))
                    .setIterationCount(ITERATIONS)
                    .build(password);
        }
    },
    /** As Oracle's releases up to 19c write it: PKCS#12's own scheme with three-key 3DES. For them only. */
    TRIPLE_DES("3des") {
        @Override
        OutputEncryptor encryptor(char[] password) throws OperatorCreationException {
            return new JcePKCSPBEOutputEncryptorBuilder(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC)
                    .setProvider(new BouncyCastleProvider())
                    .setIterationCount(ITERATIONS)
                    .build(password);
        }
    };

    static final int ITERATIONS = 10_000;

    private final String text;

    WalletForm(String text) {
        this.text = text;
    }

    /** The form that the command line calls so. */
    public static WalletForm named(String text) {
        return Arrays.stream(values())
                .filter(form -> form.text.equals(text))
                .findFirst()
                .orElseThrow(() -> HsmException.argumentInvalid(
                        "no form of a wallet is called \"" + text + "\"; write aes256 or 3des"));
    }

    abstract OutputEncryptor encryptor(char[] password) throws OperatorCreationException;

    @Override
    public String toString() {
        return text;
    }
}
