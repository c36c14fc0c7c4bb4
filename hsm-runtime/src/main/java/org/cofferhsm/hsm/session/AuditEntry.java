package org.cofferhsm.hsm.session;

import java.time.Instant;

/**
 * One record of the audit log.
 *
 * @param sequence its number, from 1, without gaps
 * @param user who, or an empty string for the module itself
 * @param operation what, in the words of the session's calls
 * @param key the object's handle as text, or an empty string
 * @param result {@code OK}, or the name of the reason of a refusal
 * @param detail the mechanism and what else helps a reader; never a secret
 */
public record AuditEntry(
        long sequence, Instant time, String user, String operation, String key, String result, String detail) {}
