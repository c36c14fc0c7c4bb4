package org.cofferhsm.hsm.jce;

import org.cofferhsm.hsm.key.ObjectInfo;

/** What an alias of the key store names. */
sealed interface StoreEntry {

    ObjectInfo object();

    /** A private key, with a certificate chain or not yet. */
    record PrivateKeyEntry(ObjectInfo object) implements StoreEntry {}

    record SecretKeyEntry(ObjectInfo object) implements StoreEntry {}

    /** A certificate that stands for itself: somebody's whom the user trusts. */
    record CertificateEntry(ObjectInfo object) implements StoreEntry {}
}
