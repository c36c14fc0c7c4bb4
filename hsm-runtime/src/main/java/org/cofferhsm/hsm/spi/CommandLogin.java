package org.cofferhsm.hsm.spi;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;

/**
 * How a command of an adapter logs in: as the runtime's own commands do, through the service where one runs, with the
 * PIN from a file, the environment or a prompt.
 */
public interface CommandLogin {

    /**
     * Works in a session that ends afterwards.
     *
     * @param options those of {@code --home}, {@code --as}, {@code --pin-file}, {@code --key-file} and
     *     {@code --passphrase-file} that the command was given, each followed by its value
     * @throws HsmException ARGUMENT_INVALID also when nobody is named who could log in
     */
    <T> T with(List<String> options, Terminal terminal, Function<Session, T> work);

    /** The runtime's. */
    static CommandLogin standard() {
        return ServiceLoader.load(CommandLogin.class, CommandLogin.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> HsmException.internal("the installation is incomplete: nobody logs commands in"));
    }
}
