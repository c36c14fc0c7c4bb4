package org.cofferhsm.hsm.seal;

/** The secret that a master key is sealed under, as its holder presents it. */
public sealed interface SealSecret permits KeyFileSecret, PassphraseSecret {

    /** What kind of secret it is. */
    SealKind kind();
}
