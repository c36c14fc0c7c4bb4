package org.cofferhsm.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that works with the module is killed (SIGKILL) at a random moment, again and again: whatever it had
 * acknowledged is there, store and audit log still agree, and the log verifies.
 */
class ModuleKillTest {

    private static final int KILLS = Integer.getInteger("faults.module.kills", 12);
    private static final int SLOWEST_MILLIS = 700;

    @TempDir
    Path home;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        ModuleFixture.in(home).close();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(workAndDie(random.nextInt(SLOWEST_MILLIS)));
            requireAllThere(acknowledged, "seed " + seed + ", kill " + kill);
        }
        assertThat(acknowledged).as("seed %d", seed).hasSizeGreaterThan(KILLS);
    }

    /** Lets a child process work, and gives what it acknowledged before it was killed. */
    private List<String> workAndDie(int millis) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        ModuleKillWorker.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = child.inputReader()) {
            lines.add(out.readLine());
            Thread.sleep(millis);
            child.toHandle().destroyForcibly(); // unlike the process's own method, this leaves its output to be read
            out.lines().forEach(lines::add);
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return lines.stream().filter(line -> line != null && line.endsWith(".")).toList();
    }

    private void requireAllThere(List<String> acknowledged, String where) {
        try (Hsm hsm = Hsm.open(home).unlock(KeyFile.in(home));
                Session alice = hsm.login("alice", ModuleFixture.ALICE_PIN);
                Session eve = hsm.login("eve", ModuleFixture.EVE_PIN)) {
            for (String line : acknowledged) {
                requireThere(alice, line, where);
            }
            assertThat(eve.auditTrail().verify().firstBad()).as(where).isEmpty();
        }
    }

    /** A line is {@code kept <handle> .} or {@code destroyed <handle> .}. */
    private static void requireThere(Session alice, String line, String where) {
        String[] words = line.split(" ");
        KeyId handle = KeyId.parse(words[1]);
        boolean there = alice.find("kill-" + handle).ids().contains(handle);
        assertThat(there).as("%s: %s", where, line).isEqualTo(words[0].equals("kept"));
        if (there) {
            assertThat(alice.encrypt(handle, Algorithm.AES_GCM, new byte[16])).hasSize(12 + 16 + 16);
        }
    }
}
