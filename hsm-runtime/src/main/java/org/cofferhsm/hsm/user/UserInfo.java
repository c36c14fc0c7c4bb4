package org.cofferhsm.hsm.user;

/**
 * A user as others see it.
 *
 * @param locked whether too many wrong PINs have locked the user
 * @param activated whether the user has a PIN yet; only a new module's first admin has none
 */
public record UserInfo(String name, Role role, boolean locked, boolean activated) {}
