package org.cofferhsm.signtool.tsa.cli;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.signtool.tsa.TimestampAuthority;
import org.cofferhsm.signtool.tsa.TsaRules;
import org.cofferhsm.signtool.tsa.TsaServer;

/** {@code coffer tsa serve}: answers requests for timestamps, in the foreground, until it is told to stop. */
public final class TsaServeCommand extends TsaCommand {

    private static final String LOOPBACK = "127.0.0.1:3161";
    private static final int MOST_REQUESTS = 8;
    private static final int LARGEST_POOL = 256;
    private static final int THOUSAND = 1000;

    /** Seconds: a client that sends or reads slowly holds a thread up, and there are few. */
    private static final String PATIENCE = "10";

    @Override
    public List<String> name() {
        return List.of("tsa", "serve");
    }

    @Override
    public String summary() {
        return "Answer requests for timestamps (RFC 3161, and SignTool's /t) by HTTP, in the foreground";
    }

    @Override
    Set<String> valued() {
        return Set.of("--label", "--key", "--listen", "--policy", "--accuracy", "--max-requests");
    }

    @Override
    Set<String> unvalued() {
        return Set.of("--allow-sha1");
    }

    @Override
    List<String> help() {
        return List.of(
                "  --label LABEL           the key that coffer tsa init made; --key is the same",
                "  --listen ADDRESS:PORT   where; else " + LOOPBACK + ", for this machine alone",
                "  --policy OID            the policy that tokens name; else one that nobody registered",
                "  --accuracy SECONDS      how far the clock may be off, such as 0.5; else 1",
                "  --max-requests N        how many are answered at once; else " + MOST_REQUESTS,
                "  --allow-sha1            also for programs that hash by SHA-1");
    }

    @Override
    void check(GivenOptions options) {
        label(options);
        rules(options);
        address(options);
        mostRequests(options);
    }

    private static String label(GivenOptions options) {
        return options.find("--key").orElseGet(() -> options.get("--label"));
    }

    private static TsaRules rules(GivenOptions options) {
        TsaRules rules = options.has("--allow-sha1") ? TsaRules.usual().allowingSha1() : TsaRules.usual();
        TsaRules accurate = options.number("--accuracy")
                .map(TsaServeCommand::duration)
                .map(rules::accurateTo)
                .orElse(rules);
        return options.find("--policy")
                .map(TsaServeCommand::policy)
                .map(accurate::following)
                .orElse(accurate);
    }

    private static Duration duration(BigDecimal seconds) {
        try {
            return Duration.ofMillis(
                    seconds.multiply(BigDecimal.valueOf(THOUSAND)).longValueExact());
        } catch (ArithmeticException e) {
            throw because(new UsageException("--accuracy is a number of seconds, to the millisecond"), e);
        }
    }

    private static ASN1ObjectIdentifier policy(String text) {
        try {
            return new ASN1ObjectIdentifier(text);
        } catch (IllegalArgumentException e) {
            throw because(new UsageException("--policy is an object identifier such as 1.3.6.1.4.1.99999.1"), e);
        }
    }

    private static InetSocketAddress address(GivenOptions options) {
        String text = options.find("--listen").orElse(LOOPBACK);
        try {
            URI parsed = URI.create("tcp://" + text);
            if (parsed.getHost() != null && parsed.getPort() >= 0) {
                return new InetSocketAddress(parsed.getHost(), parsed.getPort());
            }
        } catch (IllegalArgumentException e) {
            throw because(new UsageException("--listen is an address and a port such as " + LOOPBACK), e);
        }
        throw new UsageException("--listen is an address and a port such as " + LOOPBACK);
    }

    private static int mostRequests(GivenOptions options) {
        int number = options.number("--max-requests").map(BigDecimal::intValue).orElse(MOST_REQUESTS);
        if (number < 1 || number > LARGEST_POOL) {
            throw new UsageException("--max-requests is 1 to " + LARGEST_POOL);
        }
        return number;
    }

    private static UsageException because(UsageException usage, Throwable cause) {
        usage.initCause(cause);
        return usage;
    }

    @Override
    void work(GivenOptions options, Terminal terminal) {
        limitPatience();
        try (UntilStopped stop = UntilStopped.install()) { // around the session: it ends in order, too
            inSession(options, terminal, session -> serve(options, session, terminal, stop));
        }
    }

    private static void serve(GivenOptions options, Session session, Terminal terminal, UntilStopped stop) {
        String label = label(options);
        try (TimestampAuthority authority = TimestampAuthority.open(session, label, rules(options));
                TsaServer server = TsaServer.start(authority, address(options), mostRequests(options))) {
            InetSocketAddress at = server.address();
            say(
                    terminal,
                    "process " + ProcessHandle.current().pid() + " gives timestamps by the key \"" + label
                            + "\" on http://" + host(at) + ":" + at.getPort() + "/");
            stop.await();
            say(terminal, "stopping: no more requests, running ones finish");
        }
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
