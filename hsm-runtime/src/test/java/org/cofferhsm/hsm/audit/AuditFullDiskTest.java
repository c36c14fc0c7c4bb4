package org.cofferhsm.hsm.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fills a real file system, of one mebibyte, that a process of its own mounts where the kernel lets it. */
class AuditFullDiskTest {

    @TempDir
    private Path directory;

    @Test
    void refusesOnAFullFileSystemAndRecovers() throws IOException, InterruptedException {
        assumeTrue(run("mount -t tmpfs -o size=1m none \"$0\"").equals(""), "unshare, or user namespaces");
        String said = run("mount -t tmpfs -o size=1m none \"$0\" && \"$1\" -cp \"$2\" \"$3\" \"$0\"");
        assertThat(said).endsWith("refused, recovered, sound\n");
    }

    private String run(String script) throws IOException, InterruptedException {
        List<String> command = List.of(
                "unshare",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                script,
                directory.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                Filler.class.getName());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? said : "failed: " + said;
        } catch (IOException e) {
            return "failed: " + e.getMessage(); // no unshare here
        }
    }

    /** The process that fills the disk. */
    static final class Filler {

        private Filler() {}

        public static void main(String[] args) throws IOException {
            Path disk = Path.of(args[0]);
            Path ballast = Files.write(disk.resolve("ballast"), new byte[600 << 10]);
            SampleLog sample = SampleLog.in(disk.resolve("audit"));
            try (AuditLog log = sample.open()) {
                long written = recordUntilRefused(log);
                requireThat(log.lastSequence() == written, "something was written by the refused call");
                Files.delete(ballast);
                log.record(SampleLog.use(1));
                log.reserve(1);
            }
            requireThat(sample.verify().isSound(), "the log is not sound: " + sample.verify());
            System.out.println("refused, recovered, sound");
        }

        private static long recordUntilRefused(AuditLog log) {
            while (true) {
                long before = log.lastSequence();
                try {
                    log.record(SampleLog.use(1));
                } catch (HsmException e) {
                    requireThat(e.reason() == Reason.AUDIT_UNAVAILABLE, "refused by " + e.reason());
                    return before;
                }
            }
        }

        private static void requireThat(boolean condition, String otherwise) {
            if (!condition) {
                throw new IllegalStateException(otherwise);
            }
        }
    }
}
