package org.cofferhsm.tde.wallet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;

/** Collects Oracle's secrets out of safe contents (RFC 7292 §4.2), and counts what else is there. */
final class BagReader {

    private static final int MOST = 100_000;

    private final List<WalletEntry> entries = new ArrayList<>();
    private int others;

    void read(byte[] safeContents) throws IOException {
        for (ASN1Encodable element : ASN1Sequence.getInstance(safeContents)) {
            SafeBag bag = SafeBag.getInstance(element);
            if (bag.getBagId().equals(PKCSObjectIdentifiers.secretBag)) {
                readSecret(ASN1Sequence.getInstance(bag.getBagValue()));
            } else {
                others++;
            }
            if (entries.size() + others > MOST) {
                throw new IOException("it has more than " + MOST + " entries");
            }
        }
    }

    private void readSecret(ASN1Sequence secret) throws IOException {
        requireTwo(secret);
        if (!ASN1ObjectIdentifier.getInstance(secret.getObjectAt(0)).equals(OracleBag.TYPE)) {
            others++;
            return;
        }
        ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(secret.getObjectAt(1));
        ASN1Sequence pair = ASN1Sequence.getInstance(tagged, true);
        requireTwo(pair);
        char[] value = text(pair.getObjectAt(1)).toCharArray();
        try {
            entries.add(WalletEntry.of(text(pair.getObjectAt(0)), value));
        } finally {
            Arrays.fill(value, '\0');
        }
    }

    private static void requireTwo(ASN1Sequence sequence) throws IOException {
        if (sequence.size() != 2) {
            throw new IOException("a secret in it has " + sequence.size() + " parts instead of two");
        }
    }

    private static String text(ASN1Encodable value) throws IOException {
        if (value instanceof ASN1String string) {
            return string.getString();
        }
        throw new IOException("a secret in it is no text");
    }

    Wallet wallet() {
        return new Wallet(entries, others);
    }
}
