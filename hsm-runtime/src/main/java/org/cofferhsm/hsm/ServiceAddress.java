package org.cofferhsm.hsm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Where a service is reached: a Unix domain socket, or a port of 127.0.0.1.
 *
 * @param secretFile by which either side shows the other who it is, where the operating system does not tell
 *     ({@code docs/channel.md}, "The secret file"); always there with a port
 */
public record ServiceAddress(SocketAddress place, Optional<Path> secretFile) {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String HOST = "127.0.0.1:";
    private static final String BESIDE_THE_SOCKET = "coffer.token";
    private static final int MOST = 65_535;

    public ServiceAddress {
        boolean socket = place instanceof UnixDomainSocketAddress;
        if (!socket && (!isLoopback(place) || secretFile.isEmpty())) {
            throw new IllegalArgumentException(place + " is no place of this machine that a secret goes with");
        }
    }

    private static boolean isLoopback(SocketAddress place) {
        return place instanceof InetSocketAddress port
                && port.getAddress() != null
                && port.getAddress().isLoopbackAddress();
    }

    /** A socket, with the secret file in its usual place where one is needed. */
    public static ServiceAddress onSocket(Path socket) {
        return onSocket(socket, Optional.empty());
    }

    /**
     * A socket.
     *
     * @param secretFile not asked for where the operating system tells who is there; else, without one, coffer.token beside the
     *     socket
     */
    public static ServiceAddress onSocket(Path socket, Optional<Path> secretFile) {
        Path absolute = socket.toAbsolutePath();
        return new ServiceAddress(
                UnixDomainSocketAddress.of(absolute),
                tellsWhoListens(absolute)
                        ? Optional.empty()
                        : secretFile.or(() -> Optional.of(absolute.resolveSibling(BESIDE_THE_SOCKET))));
    }

    /** By the peer's credentials, or at least by who may write to the socket's directory: wherever files have such owners. */
    private static boolean tellsWhoListens(Path socket) {
        return socket.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** A port of this machine; complains by {@code argumentInvalid} about what is not 127.0.0.1:PORT. */
    public static ServiceAddress onPort(String address, Path secretFile) {
        OptionalInt port = portOf(address);
        if (port.isEmpty() || port.getAsInt() == 0) {
            throw HsmException.argumentInvalid(
                    address + " is not 127.0.0.1:PORT; a service is reached on this machine alone");
        }
        return onPort(port.getAsInt(), secretFile);
    }

    /** A port of this machine. */
    public static ServiceAddress onPort(int port, Path secretFile) {
        try {
            InetSocketAddress place = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
            return new ServiceAddress(place, Optional.of(secretFile.toAbsolutePath()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** The number in {@code 127.0.0.1:PORT}, 0 included; empty of any other text. */
    public static OptionalInt portOf(String address) {
        String port = address.startsWith(HOST) ? address.substring(HOST.length()) : "";
        return port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= MOST
                ? OptionalInt.of(Integer.parseInt(port))
                : OptionalInt.empty();
    }

    /** The socket's path, when it is one. */
    public Optional<Path> socket() {
        return place instanceof UnixDomainSocketAddress address ? Optional.of(address.getPath()) : Optional.empty();
    }

    /** The path, or 127.0.0.1:PORT. */
    @Override
    public String toString() {
        return place instanceof InetSocketAddress port ? HOST + port.getPort() : place.toString();
    }
}
