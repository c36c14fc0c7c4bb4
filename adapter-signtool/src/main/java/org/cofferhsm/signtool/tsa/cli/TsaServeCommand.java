package org.cofferhsm.signtool.tsa.cli;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.AccessCommand;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.NumberRange;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.command.ServicePlace;
import org.cofferhsm.hsm.command.StopSignal;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.signtool.tsa.TimestampAuthority;
import org.cofferhsm.signtool.tsa.TsaRules;
import org.cofferhsm.signtool.tsa.TsaServer;

/** {@code coffer tsa serve}: answers requests for timestamps, in the foreground, until it is told to stop. */
public final class TsaServeCommand extends OptionCommand {

    private static final String LOOPBACK = "127.0.0.1:3161";
    private static final int MOST_REQUESTS = 8;
    private static final NumberRange REQUESTS = new NumberRange(1, 256);
    private static final int THOUSAND = 1000;

    /** Seconds: a client that sends or reads slowly holds a thread up, and there are few. */
    private static final String PATIENCE = "10";

    public TsaServeCommand() {
        super("tsa serve", "Answer requests for timestamps (RFC 3161, and SignTool's /t) by HTTP, in the foreground");
    }

    @Override
    protected void declare(OptionSet options) {
        options.value("label", "LABEL", "the key that coffer tsa init made")
                .value("key", "LABEL", "the same as --label")
                .value("listen", "ADDRESS:PORT", "where; else " + LOOPBACK + ", for this machine alone")
                .value("policy", "OID", "the policy that tokens name; else one that nobody registered")
                .value("accuracy", "SECONDS", "how far the clock may be off, such as 0.5; else 1")
                .value("max-requests", "N", "how many are answered at once; else " + MOST_REQUESTS)
                .flag("allow-sha1", "also for programs that hash by SHA-1");
        Login.declare(options);
        ModuleHome.declare(options);
        ServicePlace.declare(options);
        SealSource.declare(options);
    }

    private static String label(Invocation options) {
        if (options.has("key") && options.has("label")) {
            throw new UsageException("--key and --label say the same; give one of them");
        }
        return options.find("key").orElseGet(() -> options.get("label"));
    }

    private static TsaRules rules(Invocation options) {
        TsaRules rules = options.has("allow-sha1") ? TsaRules.usual().allowingSha1() : TsaRules.usual();
        TsaRules accurate = options.find("accuracy")
                .map(TsaServeCommand::duration)
                .map(rules::accurateTo)
                .orElse(rules);
        return options.find("policy")
                .map(TsaServeCommand::policy)
                .map(accurate::following)
                .orElse(accurate);
    }

    private static Duration duration(String seconds) {
        try {
            return Duration.ofMillis(new BigDecimal(seconds)
                    .multiply(BigDecimal.valueOf(THOUSAND))
                    .longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new UsageException("--accuracy is a number of seconds, to the millisecond", e);
        }
    }

    private static ASN1ObjectIdentifier policy(String text) {
        try {
            return new ASN1ObjectIdentifier(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--policy is an object identifier such as 1.3.6.1.4.1.99999.1", e);
        }
    }

    private static InetSocketAddress address(Invocation options) {
        String text = options.find("listen").orElse(LOOPBACK);
        try {
            URI parsed = URI.create("tcp://" + text);
            if (parsed.getHost() != null && parsed.getPort() >= 0) {
                return new InetSocketAddress(parsed.getHost(), parsed.getPort());
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--listen is an address and a port such as " + LOOPBACK, e);
        }
        throw new UsageException("--listen is an address and a port such as " + LOOPBACK);
    }

    @Override
    protected Answer answer(Invocation invocation) {
        String label = label(invocation);
        TsaRules rules = rules(invocation);
        InetSocketAddress address = address(invocation);
        int requests = invocation.findNumber("max-requests", REQUESTS).orElse(MOST_REQUESTS);
        limitPatience();
        try (StopSignal stop = StopSignal.install(); // around the session: it ends in order, too
                ModuleAccess module = AccessCommand.access(invocation);
                Session session = new Login(invocation, invocation.find("as")).open(module);
                TimestampAuthority authority = TimestampAuthority.open(session, label, rules);
                TsaServer server = TsaServer.start(authority, address, requests)) {
            serve(label, server, invocation.terminal(), stop);
        }
        return Answer.message("Stopped giving timestamps");
    }

    private static void serve(String label, TsaServer server, Terminal terminal, StopSignal stop) {
        InetSocketAddress at = server.address();
        say(
                terminal,
                "process " + ProcessHandle.current().pid() + " gives timestamps by the key \"" + label + "\" on http://"
                        + host(at) + ":" + at.getPort() + "/");
        stop.await();
        say(terminal, "stopping: no more requests, running ones finish");
    }

    /** At once, for whoever waits for it. */
    private static void say(Terminal terminal, String line) {
        terminal.out().println(line);
        terminal.out().flush();
    }

    /** The JDK's server knows this setting only; whoever set it knows better. */
    private static void limitPatience() {
        for (String name : List.of("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime")) {
            if (System.getProperty(name) == null) {
                System.setProperty(name, PATIENCE);
            }
        }
    }

    private static String host(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
