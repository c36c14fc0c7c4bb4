package org.cofferhsm.hsm.session;

import org.cofferhsm.hsm.key.Octets;

/**
 * The process that a ticket is given to, and that alone may show it again.
 *
 * @param user the operating system's name of the user it runs as
 * @param process a secret number that it draws when it begins, and shows nobody but the service and its forked children
 */
public record TicketHolder(String user, Octets process) {

    @Override
    public String toString() {
        return "a process of " + user;
    }
}
