package org.cofferhsm.hsm.spi;

/**
 * A program at the other end of the channel.
 *
 * @param user the operating system's name of the user it runs as, from the socket's peer credentials
 * @param processId as the program says; for logs only
 * @param program as the program says; for logs only
 */
public record Client(String user, long processId, String program) {

    @Override
    public String toString() {
        return program + "[" + processId + "] of " + user;
    }
}
