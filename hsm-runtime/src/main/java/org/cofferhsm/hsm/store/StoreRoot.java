package org.cofferhsm.hsm.store;

import org.cofferhsm.hsm.key.Octets;

/**
 * The state of the whole store in two values.
 *
 * @param change how many changes led here
 * @param digest a keyed digest over the ids, versions and tags of all records, and over {@code change}; 32 bytes
 */
public record StoreRoot(long change, Octets digest) {}
