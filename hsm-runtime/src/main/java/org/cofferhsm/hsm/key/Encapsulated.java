package org.cofferhsm.hsm.key;

/** What encapsulation gives (FIPS 203): the ciphertext for the other side, and the shared secret as a key. */
public record Encapsulated(Octets ciphertext, KeyId sharedSecret) {}
