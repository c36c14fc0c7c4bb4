package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The groups of users. The peer's credentials tell only the primary one, and the JDK knows no others, so the program
 * {@code id} is asked, which also sees directories such as LDAP; its answer is good for a minute.
 */
final class Memberships implements Function<String, Set<String>> {

    private static final Duration GOOD = Duration.ofMinutes(1);

    /** Nobody is let in while it runs, so a directory that hangs must not hold up the others for long. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ServiceLog log;
    private final List<String> program;
    private final Duration patience;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    Memberships(ServiceLog log) {
        this(log, List.of("id", "-Gn", "--"), PATIENCE);
    }

    /** @param program prints the groups of the user that is its last argument */
    Memberships(ServiceLog log, List<String> program, Duration patience) {
        this.log = log;
        this.program = program;
        this.patience = patience;
    }

    @Override
    public Set<String> apply(String user) {
        return answers.compute(user, (name, known) -> known != null && known.isGood() ? known : ask(name))
                .groups();
    }

    private Answer ask(String user) {
        try {
            List<String> command = new ArrayList<>(program);
            command.add(user);
            Process id = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            id.getOutputStream().close();
            return new Answer(groups(id), System.nanoTime());
        } catch (IOException e) {
            log.failure("the groups of " + user + " cannot be found out", e);
            return new Answer(Set.of(), System.nanoTime());
        }
    }

    private Set<String> groups(Process id) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        id.onExit().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).whenComplete((ended, timeout) -> {
            if (timeout != null) {
                late.set(true);
                id.destroyForcibly();
            }
        });
        String text = new String(id.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (late.get()) {
            throw new IOException(program.get(0) + " did not answer within " + patience.toMillis() + " milliseconds");
        }
        return Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
    }

    private record Answer(Set<String> groups, long since) {

        boolean isGood() {
            return System.nanoTime() - since < GOOD.toNanos();
        }
    }
}
