package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("s");
    }

    private String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void isForItsOwnUserUnlessItIsOpened() throws IOException {
        try (SocketFile socket = SocketFile.listen(path)) {
            assertThat(mode(path)).isEqualTo("rw-------");
            socket.openTo(Files.readAttributes(path, java.nio.file.attribute.PosixFileAttributes.class)
                    .group()
                    .getName());
            assertThat(mode(path)).isEqualTo("rw-rw----");
            socket.openToAll();
            assertThat(mode(path)).isEqualTo("rw-rw-rw-");
        }
    }

    @Test
    void goesWhenItIsClosed() throws IOException {
        SocketFile.listen(path).close();

        assertThat(path).doesNotExist();
    }

    @Test
    void leavesAnothersSocketThereWhenItIsClosed() throws IOException {
        SocketFile first = SocketFile.listen(path);
        Files.delete(path);
        Files.createFile(directory.resolve("takes-the-number-of-the-first"));
        try (SocketFile second = SocketFile.listen(path)) {
            first.close();
            assertThat(second.path()).exists();
        }
    }

    @Test
    void replacesOneThatNobodyAnswersOn() throws IOException {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();

        try (SocketFile socket = SocketFile.listen(path)) {
            assertThat(socket.owner()).isNotEmpty();
        }
    }

    @Test
    void leavesOneAloneThatSomebodyAnswersOn() throws IOException {
        try (SocketFile answering = SocketFile.listen(path)) {
            assertThat(assertRefused(Reason.MODULE_IN_USE, () -> SocketFile.listen(path)))
                    .hasMessageContaining("--socket");
            assertThat(answering.path()).exists();
        }
    }

    @Test
    void leavesOtherFilesAlone() throws IOException {
        Files.writeString(path, "mine");

        assertThat(assertRefused(Reason.ARGUMENT_INVALID, () -> SocketFile.listen(path)))
                .hasMessageContaining("not a socket");
        assertThat(path).hasContent("mine");
    }

    @Test
    void followsNoLink() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "mine");
        Files.createSymbolicLink(path, target);

        assertRefused(Reason.ARGUMENT_INVALID, () -> SocketFile.listen(path));
        assertThat(target).hasContent("mine");
    }

    @Test
    void namesTheOptionWhenThePathIsTooLong() {
        Path deep = directory.resolve("x".repeat(108 - directory.toString().length() - 1));
        Path fits = directory.resolve("x".repeat(107 - directory.toString().length() - 1));

        assertThat(assertRefused(Reason.ARGUMENT_INVALID, () -> SocketFile.listen(deep)))
                .hasMessageContaining("--socket")
                .hasMessageContaining("107");
        SocketFile.requireShort(fits);
    }

    @Test
    void wantsADirectoryThatOthersCannotWriteTo() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(assertRefused(Reason.ARGUMENT_INVALID, () -> SocketFile.listen(path)))
                .hasMessageContaining("chmod go-w");

        Files.setAttribute(directory, "unix:mode", 01777);
        SocketFile.listen(path).close();
    }

    @Test
    void saysWhenTheDirectoryIsMissing() {
        assertRefused(Reason.ARGUMENT_INVALID, () -> SocketFile.listen(directory.resolve("none/s")));
    }
}
