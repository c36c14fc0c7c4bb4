package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * Who is at the other end, as the operating system says.
 *
 * @param user a name, or the number of a user without one
 * @param group the primary group, likewise
 */
record Peer(String user, String group) {

    static final String ROOT = "root";

    /** keytool and jarsigner start without the JDK's module that tells the peer's credentials. */
    static boolean canBeTold() {
        return ModuleLayer.boot().findModule("jdk.net").isPresent();
    }

    static Peer of(SocketChannel connection) throws IOException {
        UnixDomainPrincipal principal = connection.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return new Peer(principal.user().getName(), principal.group().getName());
    }
}
