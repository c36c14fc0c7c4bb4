package org.cofferhsm.signtool.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Format;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/** A file that is open for reading, with its format. */
public final class OpenFile implements AutoCloseable {

    private final FileChannel channel;
    private final Source source;
    private final Format format;
    private final SignableFile content;

    private OpenFile(FileChannel channel, Source source, Format format) throws IOException {
        this.channel = channel;
        this.source = source;
        this.format = format;
        this.content = format.open(source);
    }

    /**
     * Opens a file by its content.
     *
     * @throws UnrecognizedFormatException when it is of no format that can be signed
     * @throws HsmException DATA_INVALID when it is damaged
     */
    public static OpenFile read(Path path) throws IOException {
        return read(path, path);
    }

    /** Opens a file under the name that it will have. */
    static OpenFile read(Path path, Path name) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            Source source = Source.of(name, channel);
            Format format = Formats.of(source).orElseThrow(() -> new UnrecognizedFormatException(name));
            return new OpenFile(channel, source, format);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public Source source() {
        return source;
    }

    public Format format() {
        return format;
    }

    public SignableFile content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
