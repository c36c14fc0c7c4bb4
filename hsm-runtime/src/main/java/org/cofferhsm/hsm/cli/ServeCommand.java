package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.channel.Limits;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceLog;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.channel.TokenAccess;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.NumberRange;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.command.StopSignal;
import org.cofferhsm.hsm.command.UsageException;

/** {@code coffer serve}: owns the module and lets other programs use it, until it is told to stop. */
final class ServeCommand extends OptionCommand {

    private static final String NONE = "none";
    private static final String TOKEN_FILE = "coffer.token";
    private static final NumberRange COUNT = new NumberRange(1, 100_000);
    private static final NumberRange MINUTES = new NumberRange(1, 31 * 24 * 60);

    ServeCommand() {
        super("serve", "Serve the module to the programs of this machine, in the foreground");
    }

    @Override
    protected void declare(OptionSet options) {
        options.value("socket", "PATH", "the socket to listen on, or none; else coffer.sock in the module's directory")
                .value("tcp", "127.0.0.1:PORT", "a port to listen on, too, for clients that show the secret file")
                .value(
                        "token-file",
                        "FILE",
                        "the secret file, made when it is not there; else coffer.token beside the socket")
                .values("allow-user", "USER", "who may connect, besides root and the user that this runs as")
                .values("allow-group", "GROUP", "whose members may connect")
                .value("max-connections", "N", "at once, in all; else " + Limits.USUAL.connections())
                .value("max-connections-per-user", "N", "at once; else " + Limits.USUAL.connectionsPerUser())
                .value(
                        "max-clients",
                        "N",
                        "programs at once, of one user three quarters of that; else " + Limits.USUAL.clients())
                .value(
                        "ticket-lifetime",
                        "MINUTES",
                        "how long a program may resume its login after a restart; else "
                                + HsmConfig.TICKET_LIFETIME.toMinutes());
        ModuleHome.declare(options);
        SealSource.declare(options);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        TerminalLog.shapeLoggers();
        ServiceLog log = new TerminalLog(invocation.terminal());
        ServiceOptions options = options(invocation);
        try (StopSignal stop = StopSignal.install();
                Hsm hsm = Hsm.open(config(invocation))) {
            unlock(invocation, hsm, log);
            try (LocalService service = LocalService.start(hsm, options, Services.all(), log)) {
                serve(invocation, service, log, stop);
            }
        }
        return Answer.message("Stopped serving");
    }

    private static void unlock(Invocation invocation, Hsm hsm, ServiceLog log) {
        Path home = ModuleHome.of(invocation);
        if (Hsm.isLockedDown(home)) {
            log.line("the module in " + home + " was locked by an admin and is served locked; coffer unlock opens it");
        } else {
            SealSource.use(invocation, home, hsm::unlock);
        }
    }

    private static void serve(Invocation invocation, LocalService service, ServiceLog log, StopSignal stop) {
        log.line("process " + ProcessHandle.current().pid() + " serves the module in " + ModuleHome.of(invocation)
                + " on " + places(service));
        SystemdNotice notice = new SystemdNotice(invocation, log);
        notice.send("READY=1");
        stop.await();
        log.line("stopping: no more connections, running calls finish");
        notice.send("STOPPING=1");
    }

    private static String places(LocalService service) {
        return Stream.concat(
                        service.socket().map(Path::toString).stream(),
                        service.tcp().map(address -> "127.0.0.1:" + address.getPort()).stream())
                .collect(Collectors.joining(" and "));
    }

    private static HsmConfig config(Invocation invocation) {
        HsmConfig config = HsmConfig.at(ModuleHome.of(invocation));
        return invocation
                .findNumber("ticket-lifetime", MINUTES)
                .map(minutes -> config.withTicketLifetime(Duration.ofMinutes(minutes)))
                .orElse(config);
    }

    private static ServiceOptions options(Invocation invocation) {
        Path inDirectory = ModuleHome.of(invocation).resolve("coffer.sock");
        if (NONE.equals(invocation.find("socket").orElse(""))) {
            return onPortAlone(invocation, inDirectory.resolveSibling(TOKEN_FILE));
        }
        Path socket = invocation.findPath("socket").orElse(inDirectory);
        ServiceOptions options = ServiceOptions.at(socket.toAbsolutePath())
                .withUsers(AllowedNames.users(invocation.all("allow-user")))
                .withGroups(AllowedNames.groups(invocation.all("allow-group")))
                .withLimits(limits(invocation));
        return tokenAccess(invocation, socket.resolveSibling(TOKEN_FILE))
                .map(options::withToken)
                .orElse(options);
    }

    private static ServiceOptions onPortAlone(Invocation invocation, Path usual) {
        if (invocation.has("allow-user") || invocation.has("allow-group")) {
            throw new UsageException(
                    "nobody tells who connects to a port: --allow-user and --allow-group need a --socket");
        }
        return tokenAccess(invocation, usual)
                .map(ServiceOptions::onPortAlone)
                .orElseThrow(() -> new UsageException("--socket none needs --tcp 127.0.0.1:PORT"))
                .withLimits(limits(invocation));
    }

    private static Optional<TokenAccess> tokenAccess(Invocation invocation, Path usual) {
        Optional<Path> named = invocation.findPath("token-file");
        Path file = named.orElse(usual).toAbsolutePath();
        return invocation
                .find("tcp")
                .map(address -> TokenAccess.onAddress(address, file))
                .or(() -> named.map(given -> TokenAccess.onSocket(file)));
    }

    private static Limits limits(Invocation invocation) {
        Limits usual = Limits.USUAL;
        return new Limits(
                invocation.findNumber("max-connections", COUNT).orElse(usual.connections()),
                invocation.findNumber("max-connections-per-user", COUNT).orElse(usual.connectionsPerUser()),
                invocation.findNumber("max-clients", COUNT).orElse(usual.clients()));
    }
}
