package org.cofferhsm.tde.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.NumberRange;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.install.OracleTree;
import org.cofferhsm.tde.preflight.Check;
import org.cofferhsm.tde.preflight.Finding;
import org.cofferhsm.tde.preflight.Preflight;
import org.cofferhsm.tde.preflight.PreflightReport;
import org.cofferhsm.tde.preflight.PreflightRequest;

/** {@code coffer tde preflight}: drives the installed library as Oracle Database would. */
public final class TdePreflightCommand extends OptionCommand {

    private static final NumberRange PROCESSES = new NumberRange(1, 64);
    private static final NumberRange SECONDS = new NumberRange(1, 600);
    private static final int USUAL_PROCESSES = 4;
    private static final int USUAL_SECONDS = 30;

    public TdePreflightCommand() {
        super("tde preflight", "Drive the installed library as Oracle Database would, and say what a DBA would see");
    }

    @Override
    protected void declare(OptionSet options) {
        Login.declare(options);
        RestartOptions.declare(options);
        OracleTreeOptions.declare(options);
        options.value("library", "FILE", "the library, instead of the installed one")
                .value("seen", "FILE", "keeps what the master keys encrypted, so that the next run knows them again")
                .value("processes", "N", "how many use the key at once, 4")
                .value("timeout", "SECONDS", "after which a step hangs, 30");
    }

    @Override
    protected Answer answer(Invocation invocation) {
        Optional<SeenKeys> seen = invocation.findPath("seen").map(SeenKeys::new);
        Preflight preflight = new Preflight(request(invocation, seen), RestartOptions.of(invocation));
        PreflightReport report = run(invocation, preflight);
        boolean known = report.of(Check.MASTER_KEYS)
                .filter(finding -> finding.verdict() == Finding.Verdict.PASSED)
                .isPresent();
        seen.filter(file -> known).ifPresent(file -> file.write(preflight.witnesses()));
        return new PreflightAnswer(report).answer();
    }

    private static PreflightRequest request(Invocation invocation, Optional<SeenKeys> seen) {
        OracleTree tree = OracleTreeOptions.of(invocation);
        return new PreflightRequest(
                tree,
                invocation.findPath("library").orElseGet(() -> installed(tree)),
                invocation.findNumber("processes", PROCESSES).orElse(USUAL_PROCESSES),
                Duration.ofSeconds(invocation.findNumber("timeout", SECONDS).orElse(USUAL_SECONDS)),
                seen.map(SeenKeys::read).orElse(List.of()));
    }

    private static Path installed(OracleTree tree) {
        return tree.newest()
                .orElseThrow(() -> HsmException.argumentInvalid("no libcoffer-pkcs11.so is installed below "
                        + tree.top() + "; run coffer tde install, or name one by --library"));
    }

    /** The PIN as Oracle hands it to C_Login; wiped afterwards. */
    private static PreflightReport run(Invocation invocation, Preflight preflight) {
        try (Credentials credentials = new Login(invocation, invocation.find("as")).credentials()) {
            byte[] user = (credentials.user() + ":").getBytes(StandardCharsets.UTF_8);
            ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(credentials.pin()));
            byte[] pin = Arrays.copyOf(user, user.length + encoded.remaining());
            try {
                encoded.get(pin, user.length, encoded.remaining());
                return preflight.run(pin);
            } finally {
                Arrays.fill(pin, (byte) 0);
                Arrays.fill(encoded.array(), (byte) 0);
            }
        }
    }
}
