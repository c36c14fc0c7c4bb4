package org.cofferhsm.tde.wallet;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A master key of a wallet in escrow.
 *
 * @param wallet which of the user's wallets it is from
 * @param made the date that was stored with it, as Oracle wrote it; it has no time zone
 * @param escrowed when it was imported
 */
public record EscrowedKey(String wallet, WalletKeyId id, Optional<LocalDateTime> made, Instant escrowed) {}
