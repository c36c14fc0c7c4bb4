package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The groups of users. The peer's credentials tell only the primary one, and the JDK knows no others, so the program
 * {@code id} is asked, which also sees directories such as LDAP; its answer is good for a minute.
 */
final class Memberships implements Function<String, Set<String>> {

    private static final Duration GOOD = Duration.ofMinutes(1);

    private final ServiceLog log;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    Memberships(ServiceLog log) {
        this.log = log;
    }

    @Override
    public Set<String> apply(String user) {
        return answers.compute(user, (name, known) -> known != null && known.isGood() ? known : ask(name))
                .groups();
    }

    private Answer ask(String user) {
        try {
            Process id = new ProcessBuilder("id", "-Gn", "--", user)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            id.getOutputStream().close();
            String text = new String(id.getInputStream().readAllBytes(), Charset.defaultCharset());
            return new Answer(Set.of(text.strip().split("\\s+")), System.nanoTime());
        } catch (IOException e) {
            log.failure("the groups of " + user + " cannot be found out", e);
            return new Answer(Set.of(), System.nanoTime());
        }
    }

    private record Answer(Set<String> groups, long since) {

        boolean isGood() {
            return System.nanoTime() - since < GOOD.toNanos();
        }
    }
}
