package org.cofferhsm.hsm.spi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.file.OnDisk;
import org.cofferhsm.hsm.file.WholeFile;

/**
 * A file of a quickstart step, replaced as a whole or not at all.
 *
 * @param path where it is
 */
public record StepFile(Path path) {

    /** Whether it is there. */
    public boolean exists() {
        return Files.exists(path);
    }

    /** All that is in it. */
    public byte[] read() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot read " + path + ": " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** Replaces it by this content. */
    public void write(byte[] content) {
        try {
            WholeFile.at(path).replace(content);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Replaces it by what {@code maker} writes to the path that it is given. */
    public void make(Consumer<Path> maker) {
        Path part = path.resolveSibling(path.getFileName() + ".part");
        maker.accept(part);
        try {
            OnDisk.force(part); // before the new name: else a power cut could leave an empty file under it
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
            OnDisk.forceNames(path.toAbsolutePath().resolveSibling(""));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private HsmException cannotWrite(IOException cause) {
        return HsmException.argumentInvalid("cannot write " + path + ": " + cause.getMessage())
                .causedBy(cause);
    }

    /** The path as a command line takes it: in quotes where it holds anything that a shell would not leave alone. */
    public String quoted() {
        String text = path.toString();
        if (text.matches("[\\w./\\\\:@%+=,-]+") && (File.separatorChar == '\\' || text.indexOf('\\') < 0)) {
            return text;
        }
        return File.separatorChar == '\\' ? '"' + text + '"' : "'" + text.replace("'", "'\\''") + "'";
    }
}
