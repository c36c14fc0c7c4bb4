package org.cofferhsm.signtool.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at random moments: the file is the unsigned one or the signed one, byte for byte. */
class SigningKillTest {
    private static final int KILLS = Integer.getInteger("faults.signing.kills", 15);
    private static final int STEPS_AWAITED = 6;
    private static final int OVERLAY = 200_000;

    private final Random random = new Random(1);

    @TempDir
    private Path directory;

    @Test
    void leavesTheOldFileOrTheNewOne() throws Exception {
        TestSigner signer = TestSigner.ofCode(TestCertificate.ec("secp256r1"));
        Path file = TinyPe.withOverlay(OVERLAY).write(directory.resolve("tiny.exe"));
        byte[] unsigned = Files.readAllBytes(file);
        Path signature = Files.write(
                directory.resolve("signature"),
                signer.signature(file, ContentOptions.of(DigestAlgorithm.SHA256))
                        .encoded());
        SignatureWriter.replace(file, AuthenticodeSignature.parse(Files.readAllBytes(signature)));
        byte[] signed = Files.readAllBytes(file);

        for (int i = 0; i < KILLS; i++) {
            runAndKill(file, signature);
            byte[] left = Files.readAllBytes(file);
            assertThat(Arrays.equals(left, unsigned) || Arrays.equals(left, signed))
                    .as("the file is one of the two, after %d kills", i + 1)
                    .isTrue();
        }
    }

    private void runAndKill(Path file, Path signature) throws Exception {
        Process process = start(file, signature);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int steps = 1 + random.nextInt(STEPS_AWAITED);
            assertThat(out.lines().limit(steps)).hasSize(steps);
            long until = System.nanoTime() + random.nextInt(10_000_000);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            process.toHandle().destroyForcibly();
        }
        process.waitFor();
    }

    private static Process start(Path file, Path signature) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SigningProgram.class.getName(),
                file.toString(),
                signature.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
