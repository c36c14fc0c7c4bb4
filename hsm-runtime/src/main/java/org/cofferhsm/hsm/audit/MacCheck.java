package org.cofferhsm.hsm.audit;

import java.security.MessageDigest;

/** Who can check the MACs of a log: the module itself, with its key; or nobody, where only the chain is checked. */
@FunctionalInterface
interface MacCheck {

    /** Whether the MAC belongs to the hash. */
    boolean accepts(byte[] hash, byte[] mac);

    /** With the module's key. */
    static MacCheck by(AuditKeys keys) {
        return (hash, mac) -> MessageDigest.isEqual(keys.mac(hash), mac);
    }

    /** Without it: any MAC may be right. */
    static MacCheck none() {
        return (hash, mac) -> true;
    }
}
