package org.cofferhsm.hsm.crypto;

import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;

/** What encapsulation gives: the ciphertext for the other side and the secret. */
public record SharedSecret(Octets ciphertext, SecretBytes secret) {}
