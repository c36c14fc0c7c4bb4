package org.cofferhsm.hsm.crypto;

/** The two halves of a new key pair. */
public record EngineKeyPair(EngineKey publicKey, EngineKey privateKey) {}
