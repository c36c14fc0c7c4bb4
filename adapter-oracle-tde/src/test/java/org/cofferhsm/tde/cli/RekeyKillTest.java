package org.cofferhsm.tde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.cofferhsm.hsm.cli.Main;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.MasterKeyId;
import org.cofferhsm.tde.TablespaceAlgorithm;
import org.cofferhsm.tde.TablespaceFiles;
import org.cofferhsm.tde.TablespaceHeader;
import org.cofferhsm.tde.TablespaceKey;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.h2.H2Tablespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code coffer tde rekey} is killed between its headers, or in one: none is lost, and the next run ends the rotation. */
class RekeyKillTest {

    /** As many as there is time for; -Dtde.kills=50 on demand. */
    private static final int KILLS = Integer.getInteger("tde.kills", 2);

    private static final int TABLESPACES = 40;

    @TempDir
    private Path home;

    @TempDir
    private Path directory;

    private final Random random = new Random(20261122);
    private final List<Path> files = new ArrayList<>();
    private final List<TablespaceKey> keys = new ArrayList<>();
    private TestModule module;

    @BeforeEach
    void makeTablespaces() {
        module = TestModule.create(home, "hr");
        inKeystore(keystore -> {
            keystore.setKey("first");
            for (int i = 0; i < TABLESPACES; i++) {
                makeTablespace(keystore, i);
            }
            headers().forEach(header -> keys.add(keystore.unwrap(header.wrappedKey())));
        });
    }

    /** Every other one is a database of H2's. */
    private void makeTablespace(TdeKeystore keystore, int number) {
        Path file = directory.resolve(number + (number % 2 == 0 ? ".mv.db" : ".key"));
        files.add(file);
        if (number % 2 == 0) {
            H2Tablespace.at(file).create(keystore, false);
            return;
        }
        try (TablespaceKey key = keystore.generate(TablespaceAlgorithm.AES256)) {
            Files.write(file, keystore.wrap(key).encode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void wipe() {
        keys.forEach(TablespaceKey::close);
    }

    @Test
    void losesNoTablespaceKeyToKills() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            killedIn(random.nextInt(TABLESPACES));
            inKeystore(this::requireSameKeys);

            assertThat(rekey("--resume").waitFor()).isZero();
            inKeystore(keystore -> {
                requireSameKeys(keystore);
                MasterKeyId current = keystore.currentMasterKey().orElseThrow().id();
                assertThat(headers())
                        .extracting(header -> header.wrappedKey().masterKey())
                        .containsOnly(current);
            });
        }
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    /** Kills a rotation as soon as this header is another one. */
    private void killedIn(int number) throws Exception {
        byte[] before = Files.readAllBytes(files.get(number));
        Process rotation = rekey();
        try {
            while (rotation.isAlive() && Arrays.equals(before, Files.readAllBytes(files.get(number)))) {
                Thread.onSpinWait();
            }
        } finally {
            rotation.destroyForcibly();
        }
        rotation.waitFor();
        assertThat(Files.readAllBytes(files.get(number))).isNotEqualTo(before);
    }

    private Process rekey(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "tde",
                "rekey",
                "--tablespaces"));
        files.forEach(file -> command.add(file.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(module.environment("hr"));
        return builder.start();
    }

    private List<TablespaceHeader> headers() {
        return TablespaceFiles.installed().headersOf(files);
    }

    private void requireSameKeys(TdeKeystore keystore) {
        List<TablespaceHeader> headers = headers();
        for (int i = 0; i < TABLESPACES; i++) {
            try (TablespaceKey now = keystore.unwrap(headers.get(i).wrappedKey())) {
                assertThat(now.sameAs(keys.get(i))).as(headers.get(i).name()).isTrue();
            }
        }
    }

    private void inKeystore(Consumer<TdeKeystore> work) {
        module.as("hr", session -> {
            TdeKeystore keystore = new TdeKeystore(session);
            work.accept(keystore);
            return keystore;
        });
    }
}
