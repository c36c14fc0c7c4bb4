package org.cofferhsm.hsm.crypto.pqc;

import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.PqcParameterSet;

/** A parameter set with its object identifier (RFC 9881 §2, RFC 9935 §3). */
enum PqcOid {
    ML_DSA_44(PqcParameterSet.ML_DSA_44, NISTObjectIdentifiers.id_ml_dsa_44),
    ML_DSA_65(PqcParameterSet.ML_DSA_65, NISTObjectIdentifiers.id_ml_dsa_65),
    ML_DSA_87(PqcParameterSet.ML_DSA_87, NISTObjectIdentifiers.id_ml_dsa_87),
    ML_KEM_512(PqcParameterSet.ML_KEM_512, NISTObjectIdentifiers.id_alg_ml_kem_512),
    ML_KEM_768(PqcParameterSet.ML_KEM_768, NISTObjectIdentifiers.id_alg_ml_kem_768),
    ML_KEM_1024(PqcParameterSet.ML_KEM_1024, NISTObjectIdentifiers.id_alg_ml_kem_1024);

    private final PqcParameterSet set;
    private final ASN1ObjectIdentifier oid;

    PqcOid(PqcParameterSet set, ASN1ObjectIdentifier oid) {
        this.set = set;
        this.oid = oid;
    }

    static PqcOid of(PqcParameterSet set) {
        return valueOf(set.name());
    }

    /** The one that {@code algorithm} names, without parameters, when its keys are of that type. */
    static PqcOid of(KeyType type, AlgorithmIdentifier algorithm) {
        return Arrays.stream(values())
                .filter(known ->
                        known.set.keyType() == type && known.algorithm().equals(algorithm))
                .findFirst()
                .orElseThrow(() -> HsmException.dataInvalid(
                        "the data is a key of algorithm " + algorithm.getAlgorithm() + ", not of type " + type));
    }

    PqcParameterSet set() {
        return set;
    }

    AlgorithmIdentifier algorithm() {
        return new AlgorithmIdentifier(oid);
    }
}
