package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Who is at the other end, as the operating system says, or {@link #BY_TOKEN}.
 *
 * @param user a name, or the number of a user without one
 * @param group the primary group, likewise
 */
record Peer(String user, String group) {

    static final String ROOT = "root";

    /** Whoever has the secret: a name that no user of an operating system can have. */
    static final Peer BY_TOKEN = new Peer("(token)", "(token)");

    /**
     * Whether the operating system tells the peer's credentials, and the JDK asks it: Windows does not, and keytool and jarsigner
     * start without the module.
     */
    static boolean canBeTold() {
        return ModuleLayer.boot().findModule("jdk.net").isPresent() && Credentials.areTold();
    }

    /** Apart, so that the module's classes are not looked for where there are none. */
    private static final class Credentials {

        static boolean areTold() {
            try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                return probe.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED);
            } catch (IOException e) {
                throw HsmException.internal("a Unix domain socket cannot be made: " + e)
                        .causedBy(e);
            }
        }
    }

    static Peer of(SocketChannel connection) throws IOException {
        UnixDomainPrincipal principal = connection.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return new Peer(principal.user().getName(), principal.group().getName());
    }
}
