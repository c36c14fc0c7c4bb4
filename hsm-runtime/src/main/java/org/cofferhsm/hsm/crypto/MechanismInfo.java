package org.cofferhsm.hsm.crypto;

import java.util.Set;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;

/**
 * What a mechanism says of itself: PKCS#11's CK_MECHANISM_INFO with the key types it takes.
 *
 * @param keyTypes the types of key it works with; empty for digests
 * @param minBits the smallest key in bits, 0 where there is no key
 * @param maxBits the largest key in bits
 */
public record MechanismInfo(
        MechanismType type, Set<Operation> operations, Set<KeyType> keyTypes, int minBits, int maxBits) {}
