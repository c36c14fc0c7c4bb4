package org.cofferhsm.hsm.session.local;

/** A user who has shown one of its PINs. */
record ProvedUser(HeldUser user, WhichPin pin) {}
