package org.cofferhsm.hsm.spi;

import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.TicketHolder;

/**
 * A program at the other end of the channel.
 *
 * @param user the operating system's name of the user it runs as, from the socket's peer credentials
 * @param number the random number of its greeting, which it shows nobody else
 * @param processId as the program says; for logs only
 * @param program as the program says; for logs only
 */
public record Client(String user, Octets number, long processId, String program) {

    /** Who may show a ticket that this client is given. */
    public TicketHolder ticketHolder() {
        return new TicketHolder(user, number);
    }

    @Override
    public String toString() {
        return program + "[" + processId + "] of " + user;
    }
}
