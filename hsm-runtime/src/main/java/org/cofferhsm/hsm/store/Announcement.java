package org.cofferhsm.hsm.store;

/** A durable change that the audit log may not have recorded yet, because the process ended between the two. */
public record Announcement(StoreRoot root, byte[] content) {}
