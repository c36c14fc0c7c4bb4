package org.cofferhsm.hsm;

/** What opens a module: the secret that its master key is sealed under. */
public sealed interface Seal permits KeyFile, Passphrase {}
