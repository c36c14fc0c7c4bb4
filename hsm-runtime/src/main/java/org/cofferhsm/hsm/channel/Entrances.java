package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;

/**
 * All places where connections come in.
 *
 * @param port listened on besides the socket
 * @param secret there when somebody has to show it
 */
record Entrances(Optional<SocketFile> socket, Optional<LoopbackPort> port, Optional<SecretFile> secret) {

    private static final String TOKEN_FILE = "coffer.token";

    /** Opens them; none is open when one of them cannot be. */
    static Entrances open(ServiceOptions options) {
        Optional<TokenAccess> access = tokenAccess(options);
        Optional<SecretFile> secret = access.map(given -> SecretFile.at(given.file()));
        Optional<SocketFile> socket = options.socket().map(SocketFile::listen);
        try {
            Optional<LoopbackPort> port = access.filter(given -> given.port().isPresent())
                    .map(given -> LoopbackPort.listen(given.port().getAsInt()));
            return new Entrances(socket, port, secret);
        } catch (HsmException e) {
            throw abandoned(new Entrances(socket, Optional.empty(), secret), e);
        }
    }

    /** Needed for the socket, too, where nobody can tell who connects to it. */
    private static Optional<TokenAccess> tokenAccess(ServiceOptions options) {
        return options.token()
                .or(() -> options.socket()
                        .filter(path -> !Peer.canBeTold())
                        .map(path -> TokenAccess.onSocket(path.resolveSibling(TOKEN_FILE))));
    }

    static RuntimeException abandoned(Entrances entrances, RuntimeException failure) {
        try {
            entrances.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Those who let connections in; not yet started. */
    List<Listener> listeners(Admission admission, Threads threads, ServiceLog log) {
        LargeRequests large = LargeRequests.ofThisProcess();
        Admitting byUser = new AdmittingByUser(admission, threads, large);
        Optional<Admitting> byToken = secret.map(known -> new AdmittingByToken(known, threads, large));
        List<Listener> listeners = new ArrayList<>();
        socket.ifPresent(
                given -> listeners.add(new Listener(given, Peer.canBeTold() ? byUser : byToken.orElseThrow(), log)));
        port.ifPresent(given -> listeners.add(new Listener(given, byToken.orElseThrow(), log)));
        return listeners;
    }

    /** The user that this process is. */
    String owner() throws IOException {
        return socket.isPresent() ? socket.get().owner() : System.getProperty("user.name");
    }

    Optional<InetSocketAddress> tcp() {
        return port.map(LoopbackPort::address);
    }

    void close() throws IOException {
        try {
            if (port.isPresent()) {
                port.get().close();
            }
        } finally {
            if (socket.isPresent()) {
                socket.get().close();
            }
        }
    }

    void forget() {
        secret.ifPresent(SecretFile::wipe);
    }
}
