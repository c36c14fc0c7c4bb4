package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;
import org.h2.api.ErrorCode;
import org.h2.engine.Constants;
import org.h2.message.DbException;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * H2's file system {@code tde:KEYSTORE:PATH}, on top of the disk or another one. Database files and temporary files are
 * encrypted; a trace file is not written at all, since H2 puts statements with their values into it; a lock file holds
 * nothing to hide; any other file is refused. Public for H2, which makes it by reflection; programs use {@link TdeDriver}.
 */
@SuppressWarnings("exports") // H2 is no module, and who compiles against this class has it
public final class TdeFilePath extends FilePathWrapper {

    /** For H2. */
    public TdeFilePath() {}

    @Override
    public String getScheme() {
        return TdeUrl.SCHEME;
    }

    @Override
    protected String getPrefix() {
        return TdeUrl.parse(name).prefix();
    }

    @Override
    protected FilePath unwrap(String path) {
        return FilePath.get(TdeUrl.parse(path).path());
    }

    private boolean isDatabase() {
        return isDatabase(name);
    }

    /** Whether H2 keeps pages in a file of this name. */
    static boolean isDatabase(String name) {
        return name.endsWith(Constants.SUFFIX_MV_FILE)
                || name.endsWith(CompactedFile.SUFFIX)
                || name.endsWith(Constants.SUFFIX_MV_FILE + Constants.SUFFIX_MV_STORE_NEW_FILE);
    }

    private boolean isTemporary() {
        return name.endsWith(Constants.SUFFIX_TEMP_FILE);
    }

    private boolean isLock() {
        return name.endsWith(Constants.SUFFIX_LOCK_FILE);
    }

    /** Where the disk has it. */
    private Path path() {
        return DatabaseFile.of(getBase());
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        if (isDatabase()) {
            return new TablespaceOpening(TdeUrl.parse(name).keystore(), getBase(), path(), mode).open();
        }
        if (isTemporary()) {
            return SpillFiles.OF_THIS_PROCESS.open(name, getBase().open(mode));
        }
        return plain().open(mode);
    }

    private FilePath plain() throws IOException {
        if (!isLock()) {
            throw new IOException("a file of this name would not be encrypted: " + name);
        }
        return getBase();
    }

    @Override
    public OutputStream newOutputStream(boolean append) throws IOException {
        if (name.endsWith(Constants.SUFFIX_TRACE_FILE)) {
            return OutputStream.nullOutputStream();
        }
        return isTemporary() ? newFileChannelOutputStream(open("rw"), append) : plain().newOutputStream(append);
    }

    /** A database file as it stands on disk, for H2's tool that backs up whole directories. */
    @Override
    public InputStream newInputStream() throws IOException {
        if (isTemporary()) {
            return java.nio.channels.Channels.newInputStream(open("r"));
        }
        return isDatabase() ? getBase().newInputStream() : plain().newInputStream();
    }

    /** To compact a database, H2 first deletes what an earlier attempt may have left. */
    @Override
    public void delete() {
        if (isTemporary()) {
            SpillFiles.OF_THIS_PROCESS.forget(name);
        }
        if (name.endsWith(CompactedFile.SUFFIX) && DatabaseCallers.compact()) {
            CompactedFile.into(path()).flatMap(CompactedFile::source).ifPresent(TablespaceChannel::beforeCompaction);
        }
        super.delete();
    }

    @Override
    public void moveTo(FilePath target, boolean replacing) {
        CompactedFile.into(path())
                .ifPresentOrElse(
                        compacted -> replace(compacted, () -> super.moveTo(target, replacing)),
                        () -> super.moveTo(target, replacing));
    }

    private void replace(CompactedFile compacted, Runnable renaming) {
        try {
            compacted.takePlace(TdeUrl.parse(name).keystore(), renaming);
        } catch (IOException | HsmException e) {
            throw DbException.get(
                    ErrorCode.FILE_RENAME_FAILED_2,
                    e,
                    name,
                    compacted.database().toString());
        }
    }

    @Override
    public long size() {
        if (isTemporary()) {
            return SpillFiles.OF_THIS_PROCESS.size(name);
        }
        return isDatabase() ? Math.max(0, super.size() - HeaderSlots.BYTES) : super.size();
    }
}
