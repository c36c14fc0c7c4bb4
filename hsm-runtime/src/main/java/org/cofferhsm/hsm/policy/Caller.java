package org.cofferhsm.hsm.policy;

import org.cofferhsm.hsm.user.Role;

/** Who asks. */
public record Caller(String name, Role role) {}
