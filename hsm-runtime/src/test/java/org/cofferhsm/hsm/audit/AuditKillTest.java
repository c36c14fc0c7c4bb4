package org.cofferhsm.hsm.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes a log, again and again: nothing that it acknowledged is missing. */
class AuditKillTest {

    /** As many as there is time for; -Daudit.kills=1000 on demand. */
    private static final int KILLS = Integer.getInteger("audit.kills", 12);

    @TempDir
    private Path directory;

    @Test
    void losesNoAcknowledgedRecordToKills() throws Exception {
        SampleLog sample = SampleLog.in(directory.resolve("audit"));
        Random random = new Random(20260106);
        long expected = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long acknowledged = acknowledgedBeforeKill(sample, 1 + random.nextInt(1500));
            AuditReport report = sample.verify();
            assertThat(report.firstBad()).isEmpty();
            assertThat(acknowledged).isGreaterThan(expected);
            assertThat(report.records()).isGreaterThanOrEqualTo(acknowledged);
            expected = report.records();
        }
        sample.open().close();
        assertThat(sample.verify().firstBad()).isEmpty();
        assertThat(sample.verify().assurance().unfinishedBytes()).isZero();
    }

    /** Runs a writer until it has acknowledged so many records, kills it, and gives the last number it printed. */
    private long acknowledgedBeforeKill(SampleLog sample, int records) throws IOException, InterruptedException {
        Process writer = start(sample);
        long last = 0;
        try (BufferedReader lines = writer.inputReader()) {
            for (int i = 0; i < records; i++) {
                last = numberIn(lines.readLine());
            }
            writer.toHandle().destroyForcibly(); // and not the process itself, which would close the pipe
            assertThat(writer.waitFor()).isEqualTo(128 + 9);
            return lastWhole(lines, last);
        }
    }

    /** The last number of those still in the pipe; what does not end in a full stop was cut short by the kill. */
    private static long lastWhole(BufferedReader lines, long last) throws IOException {
        long number = last;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number = line.endsWith(".") ? numberIn(line) : number;
        }
        return number;
    }

    private static long numberIn(String line) {
        return Long.parseLong(line.substring(0, line.length() - 1));
    }

    private static Process start(SampleLog sample) throws IOException {
        KeyPair pair = sample.keys().pair();
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        sample.path().toString(),
                        HexFormat.of().formatHex(pair.getPrivate().getEncoded()),
                        HexFormat.of().formatHex(pair.getPublic().getEncoded())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The process that is killed: prints the number of each record after the log has taken it. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws GeneralSecurityException {
            SampleLog sample = new SampleLog(Path.of(args[0]), TestKeys.with(7, pair(args[1], args[2])));
            AuditLog log = sample.open();
            while (true) {
                if (log.lastSequence() % 50 == 0) {
                    log.recordDurably(List.of(SampleLog.change(1)));
                } else {
                    log.record(SampleLog.use(1));
                }
                byte[] line = (log.lastSequence() + ".\n").getBytes(StandardCharsets.US_ASCII);
                System.out.write(line, 0, line.length);
                System.out.flush();
            }
        }

        private static KeyPair pair(String privateKey, String publicKey) throws GeneralSecurityException {
            KeyFactory factory = KeyFactory.getInstance("EC");
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(publicKey))),
                    factory.generatePrivate(
                            new PKCS8EncodedKeySpec(HexFormat.of().parseHex(privateKey))));
        }
    }
}
