package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.tde.h2.H2Format;
import org.cofferhsm.tde.h2.H2Tablespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of which kind a file is follows from its name, in whatever order the formats stand. */
class TablespaceFilesTest {

    @TempDir
    private Path directory;

    /** A format that claims all files of a suffix. */
    private record Suffix(String suffix) implements TablespaceFormat {
        @Override
        public boolean claims(Path file) {
            return file.toString().endsWith(suffix);
        }

        @Override
        public TablespaceHeader headerOf(Path file) {
            return new WrappedKeyFile(file);
        }
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static TablespaceHeader only(TablespaceFiles files, Path file) {
        return files.headersOf(List.of(file)).get(0);
    }

    @Test
    void aClaimedFileIsTheFormatsInEveryOrder() throws IOException {
        Path database = file("a.mv.db", "CTSK, as a key begins");
        List<TablespaceFormat> formats = new ArrayList<>(List.of(new H2Format(), new Suffix(".key")));

        assertThat(only(new TablespaceFiles(formats), database)).isInstanceOf(H2Tablespace.class);
        Collections.reverse(formats);
        assertThat(only(new TablespaceFiles(formats), database)).isInstanceOf(H2Tablespace.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mv.db", "a.mv.db.tempFile", "a.mv.db.newFile"})
    void whatH2OpensIsNeverLookedInto(String name) throws IOException {
        assertThat(only(TablespaceFiles.installed(), file(name, ""))).isInstanceOf(H2Tablespace.class);
    }

    @Test
    void aLinkIsWhatItLeadsTo() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("a.key"), file("a.mv.db", ""));

        assertThat(only(TablespaceFiles.installed(), link)).isInstanceOf(H2Tablespace.class);
    }

    @Test
    void aFileThatNobodyClaimsIsAWrappedKey() throws IOException {
        assertThat(only(TablespaceFiles.installed(), file("a.mv.db.key", "CTSK")))
                .isInstanceOf(WrappedKeyFile.class);
        assertRefused(Reason.WRAPPED_KEY_INVALID, () -> only(TablespaceFiles.installed(), file("b.key", "CT")))
                .hasMessageContaining("ORA-28396");
    }

    @Test
    void twoClaimsAreRefused() throws IOException {
        Path file = file("a.mv.db", "");
        TablespaceFiles files = new TablespaceFiles(List.of(new Suffix(".db"), new H2Format()));

        assertRefused(Reason.ARGUMENT_INVALID, () -> only(files, file)).hasMessageContaining("several formats");
    }
}
