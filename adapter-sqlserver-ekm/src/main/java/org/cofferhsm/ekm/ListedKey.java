package org.cofferhsm.ekm;

/**
 * A key as its users see it listed.
 *
 * @param owner the crypto user who made it; others use it because it is shared with them
 * @param dropped whether it decrypts only
 */
public record ListedKey(EkmKey key, String owner, boolean dropped) {}
