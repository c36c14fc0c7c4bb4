package org.cofferhsm.ekm.doctor;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Where a service is asked.
 *
 * @param secret the file by which each side knows the other, where the operating system does not tell who is there
 */
public record ServiceAddress(SocketAddress address, Optional<Path> secret) {

    private static final String HOST = "127.0.0.1";
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:([0-9]{1,5})");
    private static final int MOST = 65_535;

    /** On its Unix domain socket. */
    public static ServiceAddress onSocket(Path socket, Optional<Path> secret) {
        return new ServiceAddress(UnixDomainSocketAddress.of(socket), secret);
    }

    /** On a port of this machine; complains by {@code argumentInvalid} about another address than 127.0.0.1:PORT. */
    public static ServiceAddress onPort(String text, Path secret) {
        var found = PORT.matcher(text);
        if (!found.matches() || Integer.parseInt(found.group(1)) > MOST) {
            throw HsmException.argumentInvalid("--tcp is 127.0.0.1:PORT and not " + text);
        }
        return new ServiceAddress(new InetSocketAddress(HOST, Integer.parseInt(found.group(1))), Optional.of(secret));
    }

    @Override
    public String toString() {
        return address instanceof InetSocketAddress port ? HOST + ":" + port.getPort() : address.toString();
    }
}
