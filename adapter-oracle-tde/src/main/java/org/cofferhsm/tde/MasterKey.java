package org.cofferhsm.tde;

import java.time.Instant;

/**
 * A master key that has been in use, as a DBA knows it from {@code V$ENCRYPTION_KEYS}.
 *
 * @param tag what the DBA wrote to it, or an empty string
 * @param activated when it became the current one
 * @param current whether new tablespace keys are wrapped under it
 */
public record MasterKey(MasterKeyId id, String tag, Instant activated, boolean current) {}
