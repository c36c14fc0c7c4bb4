package org.cofferhsm.tde.wallet;

import java.math.BigInteger;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.cofferhsm.hsm.error.HsmException;

/**
 * What a wallet may ask for before its password is known to be right: the algorithms that Oracle writes, and a number of
 * iterations that ends. A stranger's file says how much work it is.
 */
final class PasswordWork {

    /** Oracle's own wallets have 10,000. */
    static final int MOST_ITERATIONS = 1_000_000;

    private static final int LONGEST_SALT = 1024;
    private static final int LONGEST_KEY = 64;

    private static final Set<ASN1ObjectIdentifier> DIGESTS = Set.of(
            OIWObjectIdentifiers.idSHA1,
            NISTObjectIdentifiers.id_sha256,
            NISTObjectIdentifiers.id_sha384,
            NISTObjectIdentifiers.id_sha512);
    private static final Set<ASN1ObjectIdentifier> CIPHERS = Set.of(
            NISTObjectIdentifiers.id_aes128_CBC,
            NISTObjectIdentifiers.id_aes192_CBC,
            NISTObjectIdentifiers.id_aes256_CBC,
            PKCSObjectIdentifiers.des_EDE3_CBC);
    private static final Set<ASN1ObjectIdentifier> FUNCTIONS = Set.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1,
            PKCSObjectIdentifiers.id_hmacWithSHA256,
            PKCSObjectIdentifiers.id_hmacWithSHA384,
            PKCSObjectIdentifiers.id_hmacWithSHA512);

    private PasswordWork() {}

    static void requireBounded(MacData mac) {
        requireOne(DIGESTS, mac.getMac().getAlgorithmId(), "MAC");
        requireBounded(mac.getIterationCount(), mac.getSalt().length);
    }

    static void requireBounded(AlgorithmIdentifier encryption) {
        if (encryption.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            requireBounded(PBES2Parameters.getInstance(encryption.getParameters()));
        } else if (encryption.getAlgorithm().equals(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC)) {
            PKCS12PBEParams parameters = PKCS12PBEParams.getInstance(encryption.getParameters());
            requireBounded(parameters.getIterations(), parameters.getIV().length);
        } else {
            throw unknown("encryption", encryption);
        }
    }

    private static void requireBounded(PBES2Parameters parameters) {
        AlgorithmIdentifier derivation = AlgorithmIdentifier.getInstance(
                parameters.getKeyDerivationFunc().toASN1Primitive());
        requireOne(Set.of(PKCSObjectIdentifiers.id_PBKDF2), derivation, "key derivation");
        PBKDF2Params work = PBKDF2Params.getInstance(derivation.getParameters());
        requireOne(FUNCTIONS, work.getPrf(), "key derivation's function");
        requireOne(
                CIPHERS,
                AlgorithmIdentifier.getInstance(parameters.getEncryptionScheme().toASN1Primitive()),
                "encryption");
        requireBounded(work.getIterationCount(), work.getSalt().length);
        BigInteger keyLength = work.getKeyLength();
        if (keyLength != null && !isWithin(keyLength, LONGEST_KEY)) {
            throw HsmException.dataInvalid("the wallet asks for a key of " + keyLength + " bytes");
        }
    }

    private static void requireBounded(BigInteger iterations, int salt) {
        if (!isWithin(iterations, MOST_ITERATIONS) || salt > LONGEST_SALT) {
            throw HsmException.dataInvalid("the wallet asks for " + iterations + " iterations with " + salt
                    + " bytes of salt; up to " + MOST_ITERATIONS + " with " + LONGEST_SALT + " are done");
        }
    }

    private static boolean isWithin(BigInteger number, int most) {
        return number.signum() > 0 && number.compareTo(BigInteger.valueOf(most)) <= 0;
    }

    private static void requireOne(Set<ASN1ObjectIdentifier> known, AlgorithmIdentifier found, String what) {
        if (!known.contains(found.getAlgorithm())) {
            throw unknown(what, found);
        }
    }

    private static HsmException unknown(String what, AlgorithmIdentifier found) {
        return HsmException.dataInvalid("the wallet's " + what + " is " + found.getAlgorithm()
                + ", which Oracle's wallets are not known to have; if Oracle opens it, please report it");
    }
}
