package org.cofferhsm.hsm.key;

/** The handles of the two halves of a key pair. */
public record KeyPairIds(KeyId publicKey, KeyId privateKey) {}
