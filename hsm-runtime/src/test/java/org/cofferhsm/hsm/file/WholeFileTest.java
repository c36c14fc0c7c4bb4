package org.cofferhsm.hsm.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cofferhsm.hsm.file.WholeFile.Writing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class WholeFileTest {
    private static final Set<PosixFilePermission> OWNERS_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final byte[] NEW = bytes("new");

    @TempDir
    private Path directory;

    private Path file;
    private Path absent;

    @BeforeEach
    void setUp() throws IOException {
        file = Files.writeString(directory.resolve("file"), "old");
        absent = directory.resolve("absent");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void makesAFileAndLeavesNothingBeside() throws IOException {
        WholeFile.at(absent).create(NEW);

        assertThat(absent).hasBinaryContent(NEW);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("file", "absent");
    }

    @Test
    void makesNoFileInThePlaceOfAnotherOrOfALink() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), absent);

        assertThatThrownBy(() -> WholeFile.at(file).create(NEW)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> WholeFile.at(link).create(NEW)).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file).hasContent("old");
        assertThat(absent).doesNotExist();
    }

    /** As by another process that writes under the same suffix. */
    @Test
    void makesNoEmptyFileWhenWhatWasWrittenIsTakenAway() {
        WholeFile making = WholeFile.at(absent).by(".part");

        assertThatThrownBy(() -> making.create(channel -> Files.delete(directory.resolve("absent.part"))))
                .isInstanceOf(NoSuchFileException.class);

        assertThat(absent).doesNotExist();
    }

    @Test
    void letsOneOfManyMakeTheFile() throws Exception {
        int makers = 8;
        CyclicBarrier start = new CyclicBarrier(makers);
        ExecutorService threads = Executors.newFixedThreadPool(makers);
        List<Future<Boolean>> made = new ArrayList<>();
        for (int i = 0; i < makers; i++) {
            byte[] content = bytes("made by " + i);
            made.add(threads.submit(() -> makes(content, start)));
        }
        int winners = 0;
        for (Future<Boolean> each : made) {
            winners += each.get() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(winners).isEqualTo(1);
        assertThat(absent).content().startsWith("made by ");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("file", "absent");
    }

    private boolean makes(byte[] content, CyclicBarrier start) throws Exception {
        start.await();
        try {
            WholeFile.at(absent).create(content);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Test
    void makesAFileWhereThereAreNoLinks() throws IOException {
        URI zip = URI.create("jar:" + directory.resolve("files.zip").toUri());
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path inside = files.getPath("/inside");

            WholeFile.at(inside).create(NEW);

            assertThat(Files.readAllBytes(inside)).isEqualTo(NEW);
            assertThatThrownBy(() -> WholeFile.at(inside).create(bytes("other")))
                    .isInstanceOf(FileAlreadyExistsException.class);
        }
    }

    @Test
    void makesAndReplacesForItsOwnerOnly() throws IOException {
        WholeFile.ownersOnly(absent).create(NEW);
        WholeFile.ownersOnly(file).replace(NEW);

        assertThat(Files.getPosixFilePermissions(absent)).isEqualTo(OWNERS_ONLY);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(OWNERS_ONLY);
        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void keepsPermissions() throws IOException {
        for (String mode : List.of("rw-------", "r--r-----", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            WholeFile.inPlaceOf(file).replace(bytes(mode));

            assertThat(file).hasContent(mode);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(mode);
        }
    }

    @Test
    void replacesWhatALinkLeadsTo() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        WholeFile.inPlaceOf(link).replace(NEW);

        assertThat(link).isSymbolicLink();
        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void leavesTheFileAndNothingElseWhenTheDiskIsFull() {
        Writing failing = channel -> {
            Writing.of(NEW).into(channel);
            throw new IOException("No space left on device");
        };

        assertThatThrownBy(() -> WholeFile.inPlaceOf(file).replace(failing, written -> {}))
                .hasMessageContaining("No space left");
        assertThatThrownBy(() -> WholeFile.at(absent).create(failing)).hasMessageContaining("No space left");

        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("file");
    }

    @Test
    void leavesTheFileAndNothingElseWhenWhatWasWrittenIsRefused() {
        assertThatThrownBy(() -> WholeFile.at(file).replace(Writing.of(NEW), written -> {
                    assertThat(written).hasBinaryContent(NEW);
                    throw new IllegalStateException("not sound");
                }))
                .hasMessage("not sound");

        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("file");
    }

    @Test
    void replacesWhatAKilledProcessLeft() throws IOException {
        Files.writeString(directory.resolve("file.part"), "the first half of something long");

        WholeFile.at(file).by(".part").replace(NEW);

        assertThat(file).hasBinaryContent(NEW);
        assertThat(directory.toFile().list()).containsExactly("file");
    }
}
