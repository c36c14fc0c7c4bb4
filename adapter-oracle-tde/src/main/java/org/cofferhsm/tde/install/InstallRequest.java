package org.cofferhsm.tde.install;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is installed where.
 *
 * @param source the library to copy
 * @param socket where the service listens; a configuration that is there already is kept when this is not given
 * @param owner of what is made in a tree that is not root's alone
 */
public record InstallRequest(InstalledModule target, Path source, Optional<Path> socket, Owner owner) {

    /** Where a service under systemd listens. */
    static final Path USUAL_SOCKET = Path.of("/run/coffer/coffer.sock");
}
