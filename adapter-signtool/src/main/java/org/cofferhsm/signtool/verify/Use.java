package org.cofferhsm.signtool.verify;

import java.time.Instant;

/** What a certificate was used for, and when. */
record Use(Purpose purpose, Instant at) {}
