package org.cofferhsm.tde;

import java.time.Instant;

/** When something happened to a master key, and in which container. */
public record Moment(Instant time, Container container) {}
