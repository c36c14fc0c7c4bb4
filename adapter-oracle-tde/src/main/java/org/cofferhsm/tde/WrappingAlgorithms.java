package org.cofferhsm.tde;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.key.Algorithm;

/**
 * AES-GCM with the header of a wrapped tablespace key as its authenticated data, one object for each header: the audit
 * log's digest of a mechanism's parameters is computed once for the same object.
 */
final class WrappingAlgorithms {

    private final Map<Header, Algorithm> known = new ConcurrentHashMap<>();

    private record Header(MasterKeyId master, TablespaceAlgorithm algorithm) {}

    Algorithm of(MasterKeyId master, TablespaceAlgorithm algorithm) {
        return known.computeIfAbsent(
                new Header(master, algorithm),
                header -> Algorithm.aesGcm(WrappedTablespaceKey.header(header.master(), header.algorithm())));
    }
}
