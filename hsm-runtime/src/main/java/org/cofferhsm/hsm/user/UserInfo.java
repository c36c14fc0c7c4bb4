package org.cofferhsm.hsm.user;

import java.time.Instant;
import java.util.Optional;

/**
 * A user as others see it.
 *
 * @param locked whether too many wrong PINs have locked the user
 * @param activated whether the user has a PIN yet; only a new module's first admin has none
 * @param oldPinUntil until when the PIN before the present one logs the user in, too
 */
public record UserInfo(String name, Role role, boolean locked, boolean activated, Optional<Instant> oldPinUntil) {}
