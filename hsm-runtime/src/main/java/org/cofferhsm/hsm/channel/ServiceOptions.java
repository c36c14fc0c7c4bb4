package org.cofferhsm.hsm.channel;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;

/**
 * How the service is run; made by {@link #at} and what is said besides.
 *
 * @param socket the path of its socket; empty: none, but the port that {@code token} names
 * @param users who may connect besides the service's own user and root
 * @param groups whose members may connect
 * @param token who else may, by showing a secret
 */
public record ServiceOptions(
        Optional<Path> socket, Set<String> users, Set<String> groups, Limits limits, Optional<TokenAccess> token) {

    public ServiceOptions {
        users = Set.copyOf(users);
        groups = Set.copyOf(groups);
    }

    /** For the service's own user and root. */
    public static ServiceOptions at(Path socket) {
        return new ServiceOptions(Optional.of(socket), Set.of(), Set.of(), Limits.USUAL, Optional.empty());
    }

    /** Without a socket, for those who know the secret; complains by {@code argumentInvalid} when there is no port either. */
    public static ServiceOptions onPortAlone(TokenAccess access) {
        if (access.port().isEmpty()) {
            throw HsmException.argumentInvalid("a service without a socket needs a port: give --tcp 127.0.0.1:PORT");
        }
        return new ServiceOptions(Optional.empty(), Set.of(), Set.of(), Limits.USUAL, Optional.of(access));
    }

    /** These may connect, too. */
    public ServiceOptions withUsers(Set<String> others) {
        return new ServiceOptions(socket, others, groups, limits, token);
    }

    /** The members of these may connect, too. */
    public ServiceOptions withGroups(Set<String> others) {
        return new ServiceOptions(socket, users, others, limits, token);
    }

    public ServiceOptions withLimits(Limits other) {
        return new ServiceOptions(socket, users, groups, other, token);
    }

    /** Whoever knows the secret may connect, too. */
    public ServiceOptions withToken(TokenAccess access) {
        return new ServiceOptions(socket, users, groups, limits, Optional.of(access));
    }
}
