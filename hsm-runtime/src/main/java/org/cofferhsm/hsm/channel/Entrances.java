package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
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
record Entrances(SocketFile socket, Optional<LoopbackPort> port, Optional<SecretFile> secret) {

    private static final String TOKEN_FILE = "coffer.token";

    /** Opens them; none is open when one of them cannot be. */
    static Entrances open(ServiceOptions options) {
        Optional<TokenAccess> access = Peer.canBeTold() ? options.token() : Optional.of(tokenAccess(options));
        Optional<SecretFile> secret = access.map(given -> SecretFile.at(given.file()));
        SocketFile socket = SocketFile.listen(options.socket());
        try {
            Optional<LoopbackPort> port = access.filter(given -> given.port().isPresent())
                    .map(given -> LoopbackPort.listen(given.port().getAsInt()));
            return new Entrances(socket, port, secret);
        } catch (HsmException e) {
            throw abandoned(new Entrances(socket, Optional.empty(), secret), e);
        }
    }

    /** Where nobody can tell who connects to the socket either. */
    private static TokenAccess tokenAccess(ServiceOptions options) {
        Path beside = options.socket().resolveSibling(TOKEN_FILE);
        return options.token().orElseGet(() -> TokenAccess.onSocket(beside));
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
        listeners.add(new Listener(socket, Peer.canBeTold() ? byUser : byToken.orElseThrow(), log));
        port.ifPresent(given -> listeners.add(new Listener(given, byToken.orElseThrow(), log)));
        return listeners;
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
            socket.close();
        }
    }

    void forget() {
        secret.ifPresent(SecretFile::wipe);
    }
}
