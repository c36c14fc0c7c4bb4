package org.cofferhsm.tde.wallet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.OraCause;

/**
 * Reads {@code ewallet.p12}: PKCS#12 (RFC 7292) whose safe bags are secrets of Oracle's own type. Its MAC is verified
 * before anything in it is believed.
 */
public final class WalletReader {

    private static final int LARGEST = 16 * 1024 * 1024;
    private static final int MOST_PARTS = 16;
    private static final String WHAT = "the wallet";

    private final char[] password;

    private WalletReader(char[] password) {
        this.password = password;
    }

    /**
     * What the wallet holds. The password stays the caller's to wipe.
     *
     * @throws HsmException PIN_INCORRECT when the password is not the wallet's, DATA_INVALID when the file is no wallet
     */
    public static Wallet read(byte[] file, char[] password) {
        if (file.length > LARGEST) {
            throw HsmException.dataInvalid("a wallet has at most " + LARGEST + " bytes, not " + file.length);
        }
        return new WalletReader(password).authentic(pfx(file));
    }

    private static Pfx pfx(byte[] file) {
        return Decoding.of(WHAT, () -> {
            ASN1Primitive object = ASN1Primitive.fromByteArray(file);
            if (object == null) {
                throw new IOException("it is empty");
            }
            return Pfx.getInstance(object);
        });
    }

    private Wallet authentic(Pfx pfx) {
        MacData mac = pfx.getMacData();
        if (mac == null) {
            throw HsmException.dataInvalid("the wallet has no MAC, so nobody can say who made it; Oracle's have one");
        }
        if (!Decoding.of(WHAT, () -> isAuthentic(pfx, mac))) {
            throw OraCause.PASSWORD_MISMATCH.refusal(
                    "the wallet's password is wrong, or the file was altered: its MAC does not fit");
        }
        return Decoding.of(WHAT, () -> content(pfx.getAuthSafe()));
    }

    private boolean isAuthentic(Pfx pfx, MacData mac) throws IOException {
        PasswordWork.requireBounded(mac);
        try {
            return new PKCS12PfxPdu(pfx)
                    .isMacValid(
                            new JcePKCS12MacCalculatorBuilderProvider().setProvider(new BouncyCastleProvider()),
                            password);
        } catch (PKCSException e) {
            throw new IOException("its MAC cannot be computed", e);
        }
    }

    private Wallet content(ContentInfo safe) throws IOException {
        if (!safe.getContentType().equals(PKCSObjectIdentifiers.data)) {
            throw new IOException("it is not protected by a password");
        }
        ASN1Sequence parts = ASN1Sequence.getInstance(octets(safe.getContent()));
        if (parts.size() > MOST_PARTS) {
            throw new IOException("it has " + parts.size() + " parts");
        }
        BagReader bags = new BagReader();
        for (ASN1Encodable part : parts) {
            readPart(ContentInfo.getInstance(part), bags);
        }
        return bags.wallet();
    }

    private void readPart(ContentInfo part, BagReader bags) throws IOException {
        if (part.getContentType().equals(PKCSObjectIdentifiers.data)) {
            bags.read(octets(part.getContent()));
        } else if (part.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
            byte[] plaintext = decrypted(EncryptedData.getInstance(part.getContent()));
            try {
                bags.read(plaintext);
            } finally {
                Arrays.fill(plaintext, (byte) 0);
            }
        } else {
            throw new IOException("a part of it is of the type " + part.getContentType());
        }
    }

    private byte[] decrypted(EncryptedData data) throws IOException {
        PasswordWork.requireBounded(data.getEncryptionAlgorithm());
        InputDecryptorProvider decryption = new JcePKCSPBEInputDecryptorProviderBuilder()
                .setProvider(new BouncyCastleProvider())
                .build(password);
        byte[] ciphertext = octets(data.getContent());
        try (InputStream in =
                decryption.get(data.getEncryptionAlgorithm()).getInputStream(new ByteArrayInputStream(ciphertext))) {
            return in.readAllBytes();
        } catch (OperatorCreationException e) {
            throw new IOException("a part of it cannot be decrypted", e);
        }
    }

    private static byte[] octets(ASN1Encodable content) throws IOException {
        if (content == null) {
            throw new IOException("a part of it is missing");
        }
        return ASN1OctetString.getInstance(content).getOctets();
    }
}
