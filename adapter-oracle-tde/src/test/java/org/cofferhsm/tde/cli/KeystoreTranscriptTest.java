package org.cofferhsm.tde.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.cli.TranscriptPlay;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.tde.TablespaceAlgorithm;
import org.cofferhsm.tde.TablespaceKey;
import org.cofferhsm.tde.TdeKeystore;
import org.cofferhsm.tde.WrappedTablespaceKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays {@code src/test/resources/cli/keystore.txt}, with two tablespaces that a database would have made. */
class KeystoreTranscriptTest {

    @TempDir
    private Path directory;

    private final List<TablespaceKey> made = new ArrayList<>();

    @AfterEach
    void wipe() {
        made.forEach(TablespaceKey::close);
    }

    @Test
    void goesAsWritten() throws IOException {
        new TranscriptPlay(directory).play("keystore.txt", step -> {
            if (step.command().contains("--use 0600")) {
                makeTablespaces();
            }
        });

        inKeystore(keystore -> {
            assertThat(opened(keystore, "a.key").sameAs(made.get(0))).isTrue();
            assertThat(opened(keystore, "b.key").sameAs(made.get(1))).isTrue();
        });
    }

    private void makeTablespaces() {
        inKeystore(keystore -> {
            for (String name : List.of("a.key", "b.key")) {
                TablespaceKey key = keystore.generate(TablespaceAlgorithm.AES256);
                made.add(key);
                write(name, keystore.wrap(key));
            }
        });
    }

    private void write(String name, WrappedTablespaceKey wrapped) {
        try {
            Files.write(directory.resolve(name), wrapped.encode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TablespaceKey opened(TdeKeystore keystore, String name) {
        try {
            TablespaceKey key =
                    keystore.unwrap(WrappedTablespaceKey.decode(Files.readAllBytes(directory.resolve(name))));
            made.add(key);
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void inKeystore(Consumer<TdeKeystore> work) {
        Path home = directory.resolve("module");
        try (Hsm hsm = Hsm.open(home, KeyFile.in(home));
                Session session = hsm.login("hr", "hr-database-pin".toCharArray())) {
            work.accept(new TdeKeystore(session));
        }
    }
}
