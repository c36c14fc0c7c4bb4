package org.cofferhsm.ekm;

import java.util.Set;

/**
 * A key as SQL Server sees it ({@code SqlCpKeyInfo}).
 *
 * @param name what {@code PROVIDER_KEY_NAME} calls it: the key's label
 */
public record EkmKey(String name, Thumbprint thumbprint, EkmAlgorithm algorithm) {

    /** What SQL Server is told that the key is: only the public half of a pair can be exported. */
    public Set<KeyFlag> flags() {
        return algorithm.isAsymmetric() ? Set.of(KeyFlag.SUPPORTED, KeyFlag.EXPORTABLE) : Set.of(KeyFlag.SUPPORTED);
    }
}
