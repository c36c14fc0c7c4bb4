package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.OraCause;
import org.junit.jupiter.api.Test;

/** What the disk refuses names the file and Oracle's error for it, which is not that of a keystore. */
class UnwritableTest extends DatabaseTests {

    private void encrypt(Path source, Path target) {
        try {
            PlainDatabase.at(source)
                    .encrypt(target, false, new PlainDatabase.Encrypting(keystore, PageProgress.UNSEEN));
        } catch (HsmException e) {
            throw OraCause.explained(e); // as commands do
        }
    }

    @Test
    void namesTheDirectoryThatIsMissing() throws Exception {
        Path source = Files.write(directory.resolve("plain.mv.db"), plain());

        assertThatThrownBy(() -> encrypt(source, directory.resolve("missing/secret.mv.db")))
                .hasMessage("there is no directory " + directory.resolve("missing"));
    }

    @Test
    void namesTheFileThatCannotBeRead() throws Exception {
        Path source = Files.createDirectory(directory.resolve("plain.mv.db"));

        assertThatThrownBy(() -> encrypt(source, directory.resolve("secret.mv.db")))
                .hasMessageStartingWith(source + " cannot be read or written: ")
                .hasMessageContaining("(ORA-27072: ")
                .hasMessageNotContaining("secret.mv.db");
    }

    @Test
    void namesTheFileThatCannotBeWritten() throws Exception {
        Path source = Files.write(directory.resolve("plain.mv.db"), plain());
        Path inTheWay = Files.createDirectories(directory.resolve("secret.mv.db.encrypting/full"));

        assertThatThrownBy(() -> encrypt(source, directory.resolve("secret.mv.db")))
                .hasMessageStartingWith(inTheWay.getParent().toString())
                .hasMessageContaining("(ORA-27072: ")
                .hasMessageNotContaining("ORA-28353");
    }

    /** As much of one as is looked at before anything is written. */
    private static byte[] plain() {
        byte[] pages = new byte[2 * Pages.BYTES];
        pages[0] = 'H';
        pages[1] = ':';
        pages[2] = '2';
        return pages;
    }
}
