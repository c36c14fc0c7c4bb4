package org.cofferhsm.hsm.channel;

/**
 * How much the service takes on.
 *
 * @param connections in all
 * @param connectionsPerUser of one user of the operating system
 * @param clients programs that are connected, or were ten seconds ago
 */
public record Limits(int connections, int connectionsPerUser, int clients) {

    /** For one machine's programs. */
    public static final Limits USUAL = new Limits(2048, 1024, 1024);
}
