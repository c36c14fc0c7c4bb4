package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class FileReplacementTest {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = Files.writeString(directory.resolve("file"), "old");
        Files.setPosixFilePermissions(file, OWNER_ONLY);
    }

    private static void replace(Path path) throws IOException {
        FileReplacement.of(path, ".part")
                .write(channel ->
                        WholeBuffers.write(channel, ByteBuffer.wrap("new".getBytes(StandardCharsets.UTF_8)), 0));
    }

    @Test
    void keepsPermissions() throws IOException {
        replace(file);

        assertThat(file).hasContent("new");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(OWNER_ONLY);
    }

    @Test
    void replacesWhatALinkLeadsTo() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        replace(link);

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void leavesTheFileAndNothingElseWhenTheDiskIsFull() throws IOException {
        assertThatThrownBy(() -> FileReplacement.of(file, ".part").write(channel -> {
                    throw new IOException("No space left on device");
                }))
                .hasMessageContaining("No space left");

        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("file");
    }
}
