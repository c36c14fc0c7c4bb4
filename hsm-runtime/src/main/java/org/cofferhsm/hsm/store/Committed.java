package org.cofferhsm.hsm.store;

import java.util.List;

/**
 * A change that is durable: the root after it, and its puts as they were written.
 */
public record Committed(StoreRoot root, List<StoreRecord> written) {}
