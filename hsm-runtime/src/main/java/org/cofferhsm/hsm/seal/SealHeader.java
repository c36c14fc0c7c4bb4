package org.cofferhsm.hsm.seal;

import java.util.Optional;
import org.cofferhsm.hsm.crypto.Argon2Parameters;
import org.cofferhsm.hsm.key.Octets;

/**
 * What a seal says in the clear, and authenticates.
 *
 * @param module the module's identity
 * @param stretching how the passphrase is stretched, when it is one
 */
record SealHeader(SealKind kind, Octets module, Optional<Argon2Parameters> stretching) {}
