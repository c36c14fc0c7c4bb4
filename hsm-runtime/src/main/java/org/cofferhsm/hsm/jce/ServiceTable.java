package org.cofferhsm.hsm.jce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.PqcParameterSet;

/** The one list of what the provider offers. Digests and algorithm parameters are left to the JDK. */
final class ServiceTable {

    private final List<CofferService.Line> lines = new ArrayList<>();

    private ServiceTable() {}

    static List<CofferService.Line> lines() {
        ServiceTable table = new ServiceTable();
        table.keys();
        table.rsaSignatures();
        table.ecdsaSignatures();
        table.otherSignatures();
        table.aesCiphers();
        table.rsaCiphers();
        table.macs();
        table.agreements();
        table.factories();
        return List.copyOf(table.lines);
    }

    private void keys() {
        add("KeyStore", "Coffer", CofferKeyStore::new);
        add("SecureRandom", "Coffer", CofferRandom::new);

        generator("AES", SecretKind.AES, "2.16.840.1.101.3.4.1");
        generator("AESWrap", SecretKind.AES_WRAP);
        generator("GenericSecret", SecretKind.GENERIC, "Generic");
        generator("HmacSHA1", SecretKind.HMAC_SHA1);
        generator("HmacSHA224", SecretKind.HMAC_SHA224);
        generator("HmacSHA256", SecretKind.HMAC_SHA256);
        generator("HmacSHA384", SecretKind.HMAC_SHA384);
        generator("HmacSHA512", SecretKind.HMAC_SHA512);

        pairs("RSA", PairKind.RSA, "1.2.840.113549.1.1.1");
        pairs("EC", PairKind.EC, "1.2.840.10045.2.1", "ECDSA", "ECDH");
        pairs("EdDSA", PairKind.ofCurves(Curve.ED25519));
        pairs("Ed25519", PairKind.ofCurves(Curve.ED25519), "1.3.101.112");
        pairs("XDH", PairKind.ofCurves(Curve.X25519));
        pairs("X25519", PairKind.ofCurves(Curve.X25519), "1.3.101.110");
        pairs(
                "ML-DSA",
                PairKind.ofSets(PqcParameterSet.ML_DSA_65, PqcParameterSet.ML_DSA_44, PqcParameterSet.ML_DSA_87));
        pairs("ML-DSA-44", PairKind.ofSets(PqcParameterSet.ML_DSA_44), "2.16.840.1.101.3.4.3.17");
        pairs("ML-DSA-65", PairKind.ofSets(PqcParameterSet.ML_DSA_65), "2.16.840.1.101.3.4.3.18");
        pairs("ML-DSA-87", PairKind.ofSets(PqcParameterSet.ML_DSA_87), "2.16.840.1.101.3.4.3.19");
        pairs(
                "ML-KEM",
                PairKind.ofSets(PqcParameterSet.ML_KEM_768, PqcParameterSet.ML_KEM_512, PqcParameterSet.ML_KEM_1024));
        pairs("ML-KEM-512", PairKind.ofSets(PqcParameterSet.ML_KEM_512), "2.16.840.1.101.3.4.4.1");
        pairs("ML-KEM-768", PairKind.ofSets(PqcParameterSet.ML_KEM_768), "2.16.840.1.101.3.4.4.2");
        pairs("ML-KEM-1024", PairKind.ofSets(PqcParameterSet.ML_KEM_1024), "2.16.840.1.101.3.4.4.3");
    }

    private void rsaSignatures() {
        signature("NONEwithRSA", SignatureScheme.rsaOfDigestInfo());
        signature("SHA1withRSA", SignatureScheme.rsa(MechanismType.SHA1_RSA_PKCS), "1.2.840.113549.1.1.5");
        signature("SHA224withRSA", SignatureScheme.rsa(MechanismType.SHA224_RSA_PKCS), "1.2.840.113549.1.1.14");
        signature("SHA256withRSA", SignatureScheme.rsa(MechanismType.SHA256_RSA_PKCS), "1.2.840.113549.1.1.11");
        signature("SHA384withRSA", SignatureScheme.rsa(MechanismType.SHA384_RSA_PKCS), "1.2.840.113549.1.1.12");
        signature("SHA512withRSA", SignatureScheme.rsa(MechanismType.SHA512_RSA_PKCS), "1.2.840.113549.1.1.13");

        signature("RSASSA-PSS", SignatureScheme.pss(), "1.2.840.113549.1.1.10");
        for (Hash hash : Hash.values()) {
            pss(hash.name(), SignatureScheme.pss(hash));
        }
        // A digest of the caller's with SHA-1's parameters unless others are set, as CloudHSM has it.
        pss("NONE", SignatureScheme.pssOfDigest(Hash.SHA1));
    }

    /** The three spellings that are about. */
    private void pss(String hash, SignatureScheme scheme) {
        signature(hash + "withRSA/PSS", scheme, hash + "withRSAandMGF1", hash + "withRSASSA-PSS");
    }

    private void ecdsaSignatures() {
        ecdsa("NONE", SignatureScheme::ecdsaOfDigest);
        ecdsa("SHA1", form -> SignatureScheme.ecdsa(MechanismType.ECDSA_SHA1, form), "1.2.840.10045.4.1");
        ecdsa("SHA224", form -> SignatureScheme.ecdsa(MechanismType.ECDSA_SHA224, form), "1.2.840.10045.4.3.1");
        ecdsa("SHA256", form -> SignatureScheme.ecdsa(MechanismType.ECDSA_SHA256, form), "1.2.840.10045.4.3.2");
        ecdsa("SHA384", form -> SignatureScheme.ecdsa(MechanismType.ECDSA_SHA384, form), "1.2.840.10045.4.3.3");
        ecdsa("SHA512", form -> SignatureScheme.ecdsa(MechanismType.ECDSA_SHA512, form), "1.2.840.10045.4.3.4");
    }

    private void ecdsa(String hash, Function<SignatureForm, SignatureScheme> scheme, String... aliases) {
        signature(hash + "withECDSA", scheme.apply(SignatureForm.DER), aliases);
        signature(hash + "withECDSAinP1363Format", scheme.apply(SignatureForm.AS_IS));
    }

    private void otherSignatures() {
        SignatureScheme edDsa = SignatureScheme.wholeMessage("EdDSA", Algorithm.EDDSA);
        signature("EdDSA", edDsa);
        signature("Ed25519", edDsa, "1.3.101.112");
        signature("ML-DSA", SignatureScheme.wholeMessage("ML-DSA", Algorithm.ML_DSA));
        mlDsa("ML-DSA-44", "2.16.840.1.101.3.4.3.17");
        mlDsa("ML-DSA-65", "2.16.840.1.101.3.4.3.18");
        mlDsa("ML-DSA-87", "2.16.840.1.101.3.4.3.19");
    }

    private void mlDsa(String name, String oid) {
        signature(name, SignatureScheme.wholeMessage(name, Algorithm.ML_DSA), oid);
    }

    private void aesCiphers() {
        cipher("AES/GCM/NoPadding", AesGcmCipher::new);
        cipher("AES/CBC/NoPadding", () -> new AesCipher(AesMode.CBC));
        cipher("AES/CBC/PKCS5Padding", () -> new AesCipher(AesMode.CBC_PAD));
        cipher("AES/CTR/NoPadding", () -> new AesCipher(AesMode.CTR), "AES/CTR");
        cipher("AES/ECB/NoPadding", () -> new AesCipher(AesMode.ECB));
        cipher("AES/ECB/PKCS5Padding", () -> new AesCipher(AesMode.ECB_PAD));
        cipher("AES/KW/NoPadding", () -> new WrapCipher(Algorithm.AES_KW), "AESWrap", "AESWrap/ECB/NoPadding");
        cipher("AES/KWP/NoPadding", () -> new WrapCipher(Algorithm.AES_KWP), "AESWrapPad", "AESWrap/ECB/ZeroPadding");
    }

    private void rsaCiphers() {
        rsaCipher("PKCS1Padding", Algorithm.RSA_PKCS, "RSA");
        rsaCipher("NoPadding", Algorithm.of(MechanismType.RSA_X_509));
        oaep("OAEPPadding", Hash.SHA1);
        oaep("OAEPWithSHA1AndMGF1Padding", Hash.SHA1);
        for (Hash hash : Hash.values()) {
            oaep("OAEPWith" + hash.standardName() + "AndMGF1Padding", hash);
        }
    }

    private void oaep(String padding, Hash hash) {
        Parameters.Oaep parameters = OaepParameters.usual(hash);
        rsaCipher(padding, new Algorithm(MechanismType.RSA_PKCS_OAEP, parameters));
        // Key wrap by RSA and AES is PKCS#11's own, where both hashes are the same.
        Algorithm rsaAes = WrapCipher.rsaAes(new Parameters.Oaep(hash, hash, Octets.EMPTY));
        cipher("RSAAESWrap/ECB/" + padding, () -> new WrapCipher(rsaAes));
    }

    private void rsaCipher(String padding, Algorithm algorithm, String... aliases) {
        cipher("RSA/ECB/" + padding, () -> new RsaCipher(algorithm), aliases);
    }

    private void macs() {
        mac("HmacSHA1", Algorithm.of(MechanismType.SHA_1_HMAC), Hash.SHA1.bytes());
        mac("HmacSHA224", Algorithm.of(MechanismType.SHA224_HMAC), Hash.SHA224.bytes());
        mac("HmacSHA256", Algorithm.SHA256_HMAC, Hash.SHA256.bytes());
        mac("HmacSHA384", Algorithm.SHA384_HMAC, Hash.SHA384.bytes());
        mac("HmacSHA512", Algorithm.SHA512_HMAC, Hash.SHA512.bytes());
        mac("AESCMAC", Algorithm.AES_CMAC, AesMode.BLOCK, "AES-CMAC");
    }

    private void agreements() {
        agreement("ECDH", KeyType.EC, Optional.empty());
        agreement("XDH", KeyType.EC_MONTGOMERY, Optional.empty());
        agreement("X25519", KeyType.EC_MONTGOMERY, Optional.empty());
        for (Hash hash : Hash.values()) {
            agreement("ECDHwithX963" + hash + "KDF", KeyType.EC, Optional.of(hash));
        }
    }

    private void agreement(String name, KeyType type, Optional<Hash> x963Hash) {
        add("KeyAgreement", name, connection -> new CofferKeyAgreement(type, x963Hash));
    }

    private void factories() {
        for (String name : List.of("AES", "GenericSecret", "HmacSHA1", "HmacSHA256", "HmacSHA384", "HmacSHA512")) {
            add("SecretKeyFactory", name, CofferSecretKeyFactory::new);
        }
        add("KeyFactory", "RSA", connection -> new CofferKeyFactory(connection, KeyType.RSA));
        add("KeyFactory", "EC", connection -> new CofferKeyFactory(connection, KeyType.EC));
    }

    private void generator(String name, SecretKind kind, String... aliases) {
        add("KeyGenerator", name, connection -> new CofferKeyGenerator(connection, kind), aliases);
    }

    private void pairs(String name, PairKind kind, String... aliases) {
        add("KeyPairGenerator", name, connection -> new CofferKeyPairGenerator(connection, kind), aliases);
    }

    private void signature(String name, SignatureScheme scheme, String... aliases) {
        add("Signature", name, connection -> new CofferSignature(scheme), aliases);
    }

    private void cipher(String transformation, Supplier<Object> constructor, String... aliases) {
        add("Cipher", transformation, connection -> constructor.get(), aliases);
    }

    private void mac(String name, Algorithm algorithm, int bytes, String... aliases) {
        add("Mac", name, connection -> new CofferMac(algorithm, bytes), aliases);
    }

    private void add(String type, String name, Function<Connection, Object> constructor, String... aliases) {
        String className = ServiceTable.class.getPackageName() + "." + type;
        lines.add(new CofferService.Line(type, name, className, List.of(aliases), constructor));
    }
}
