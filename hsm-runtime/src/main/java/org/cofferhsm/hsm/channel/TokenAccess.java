package org.cofferhsm.hsm.channel;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Who knows a secret file may connect, where the operating system does not tell who connects
 * ({@code docs/channel.md}, "The secret file").
 *
 * @param file made when it is not there
 * @param port of 127.0.0.1 to listen on, 0 for any that is free; empty: none
 */
public record TokenAccess(Path file, OptionalInt port) {

    /** On a port of this machine, such as {@code 127.0.0.1:7353}; complains by {@code argumentInvalid} about others. */
    public static TokenAccess onAddress(String address, Path file) {
        OptionalInt port = ServiceAddress.portOf(address);
        if (port.isEmpty()) {
            throw HsmException.argumentInvalid(
                    address + " is not 127.0.0.1:PORT; the service listens to this machine alone");
        }
        return new TokenAccess(file, port);
    }

    /** On the Unix domain socket alone; not asked for where that has peer credentials. */
    public static TokenAccess onSocket(Path file) {
        return new TokenAccess(file, OptionalInt.empty());
    }
}
