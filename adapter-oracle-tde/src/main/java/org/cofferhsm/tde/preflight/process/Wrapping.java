package org.cofferhsm.tde.preflight.process;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.tde.preflight.Witness;

/** Encryption and decryption by AES-CBC without padding under a key with a label. */
record Wrapping(ForeignSession session, SecureRandom random) {

    private static final int BLOCK = 16;

    /** Lengths that keys have, with a digest and without. */
    private static final List<Integer> LENGTHS = List.of(16, 32, 48, 80);

    Wrapping(ForeignSession session) {
        this(session, new SecureRandom());
    }

    /** The one object with that label; the search does not name a class. */
    long find(String label) {
        List<Long> found = session.find(List.of(CryptokiAttribute.text(Attribute.LABEL, label)));
        if (found.size() != 1) {
            throw new UnexpectedAnswerException(
                    found.isEmpty() ? "nothing is labelled " + label : found.size() + " objects are labelled " + label);
        }
        return found.get(0);
    }

    /** Encrypts something and sees that it comes back; what was encrypted is a witness for others. */
    Witness prove(String label, long key) {
        return LENGTHS.stream()
                .map(length -> prove(label, key, length))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private Witness prove(String label, long key, int length) {
        byte[] iv = new byte[BLOCK];
        byte[] data = new byte[length];
        random.nextBytes(iv);
        random.nextBytes(data);
        byte[] ciphertext = session.encrypt(CryptokiMechanism.aesCbc(Octets.of(iv)), key, data);
        if (ciphertext.length != length || Arrays.equals(ciphertext, data)) {
            throw new UnexpectedAnswerException(length + " bytes were encrypted to " + ciphertext.length
                    + "; AES-CBC without padding keeps the length");
        }
        Witness witness = new Witness(label, Octets.of(iv), Octets.of(ciphertext), Witness.sha256(data));
        confirm(witness, key);
        return witness;
    }

    void confirm(Witness witness, long key) {
        byte[] data = session.decrypt(
                CryptokiMechanism.aesCbc(witness.iv()),
                key,
                witness.ciphertext().toByteArray());
        if (!witness.confirms(data)) {
            throw new UnexpectedAnswerException(
                    "the key " + witness.label() + " decrypts to something else: it is not the key that encrypted");
        }
    }
}
