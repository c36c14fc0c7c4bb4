package org.cofferhsm.hsm.command;

import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;

/**
 * Where the service listens that a command is to use: {@code --tcp}, {@code COFFER_TCP} or {@code COFFER_SOCKET}, called as in
 * the native libraries' configuration.
 */
public final class ServicePlace {

    public static final String VARIABLE = "COFFER_SOCKET";
    public static final String TCP_VARIABLE = "COFFER_TCP";
    public static final String TOKEN_FILE_VARIABLE = "COFFER_TOKEN_FILE";

    private static final String TCP = "tcp";
    private static final String TOKEN_FILE = "token-file";

    private ServicePlace() {}

    public static void declare(OptionSet options) {
        options.value(
                        TCP,
                        "127.0.0.1:PORT",
                        "the service's port; else COFFER_TCP, COFFER_SOCKET, or as the module says")
                .value(TOKEN_FILE, "FILE", "the service's secret file, which --tcp needs; else COFFER_TOKEN_FILE");
    }

    /** The one that is named; {@code --home} on the command line counts for more than the environment. */
    public static Optional<ServiceAddress> named(Invocation invocation) {
        Optional<String> port = invocation.find(TCP);
        if (port.isPresent()) {
            return Optional.of(onPort(invocation, "--" + TCP, port.get()));
        }
        return invocation.has("home") ? Optional.empty() : ofEnvironment(invocation);
    }

    private static Optional<ServiceAddress> ofEnvironment(Invocation invocation) {
        Optional<String> port = invocation.environment(TCP_VARIABLE);
        if (port.isPresent()) {
            return Optional.of(onPort(invocation, TCP_VARIABLE, port.get()));
        }
        Optional<String> socket = invocation.environment(VARIABLE);
        return socket.isPresent()
                ? Optional.of(ServiceAddress.onSocket(invocation.path(socket.get()), secretFile(invocation)))
                : Optional.empty();
    }

    private static ServiceAddress onPort(Invocation invocation, String given, String address) {
        return ServiceAddress.onPort(
                address,
                secretFile(invocation)
                        .orElseThrow(() -> new UsageException(given + " needs --" + TOKEN_FILE + " or "
                                + TOKEN_FILE_VARIABLE + ": the file that coffer serve made or was given")));
    }

    private static Optional<Path> secretFile(Invocation invocation) {
        return invocation
                .findPath(TOKEN_FILE)
                .or(() -> invocation.environment(TOKEN_FILE_VARIABLE).map(invocation::path));
    }

    /** The one that is named, else that of the service that owns the module in the directory, where one runs. */
    public static Optional<ServiceAddress> of(Invocation invocation) {
        return named(invocation).or(() -> Hsm.serviceOf(ModuleHome.of(invocation)));
    }
}
