package org.cofferhsm.hsm.channel;

import java.util.Set;
import java.util.function.Function;

/**
 * Which users of the operating system may connect: the service's own, root, and those that the options name.
 *
 * @param own the service's user
 * @param memberships all groups of a user
 */
record Admission(String own, Set<String> users, Set<String> groups, Function<String, Set<String>> memberships) {

    boolean admits(Peer peer) {
        return isOperator(peer.user()) || users.contains(peer.user()) || belongs(peer);
    }

    /** Whether this user runs the service or the machine. */
    boolean isOperator(String user) {
        return user.equals(own) || user.equals(Peer.ROOT);
    }

    private boolean belongs(Peer peer) {
        return !groups.isEmpty()
                && (groups.contains(peer.group())
                        || memberships.apply(peer.user()).stream().anyMatch(groups::contains));
    }
}
