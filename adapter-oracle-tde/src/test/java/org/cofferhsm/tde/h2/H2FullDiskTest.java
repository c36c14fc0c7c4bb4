package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Disks of all sizes get full while a database is made, filled, closed and compacted. Given room, it holds each row whose
 * insertion was acknowledged, under the settings that the guide recommends; without them H2 2.5.252 loses rows of plain
 * files, too.
 */
class H2FullDiskTest extends DatabaseTests {

    private static final String SETTINGS = ";WRITE_DELAY=0;REUSE_SPACE=FALSE";
    private static final int ROWS = 16;

    private int acknowledged;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void losesNoAcknowledgedRowToADiskOfAnySize(boolean tagged) throws Exception {
        boolean full = true;
        int pages = 0;
        int refusedWithRows = 0;
        for (; full; pages++) {
            TestTablespace tablespace = new TestTablespace(Files.createDirectory(directory.resolve("pages" + pages)));
            full = fill(tablespace, tagged, pages);
            if (acknowledged > 0) {
                assertThat(tablespace.count())
                        .as("a disk of %d pages", pages)
                        .isBetween(acknowledged, acknowledged + 1); // the refused one may have been written
                refusedWithRows += full ? 1 : 0;
            }
        }
        assertThat(acknowledged).isEqualTo(3 * ROWS);
        assertThat(refusedWithRows).isGreaterThan(40);
    }

    /** Whether the disk became full. */
    private boolean fill(TestTablespace tablespace, boolean tagged, int pages) throws SQLException {
        if (tagged) {
            tablespace.makeTagged(keystore);
        }
        acknowledged = 0;
        Path small = tablespace.directory();
        SmallDisk.limit(small, pages);
        try {
            work("jdbc:h2:tde:" + TestTablespace.KEYSTORE + ":small:" + small.resolve("customers") + SETTINGS);
            return SmallDisk.wasFull(small);
        } catch (SQLException e) {
            assertThat((Throwable) e).hasStackTraceContaining("No space left on device");
            return true;
        } finally {
            SmallDisk.extend(small);
        }
    }

    private void work(String url) throws SQLException {
        session(url, "CHECKPOINT SYNC"); // and the closing by H2, which compacts for a moment
        session(url, "SHUTDOWN COMPACT");
        session(url, "SHUTDOWN DEFRAG");
    }

    private void session(String url, String end) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            TestTablespace.insert(connection, 0);
            for (int row = 0; row < ROWS; row++) {
                TestTablespace.append(connection, acknowledged);
                acknowledged++;
            }
            statement.execute(end);
        }
    }
}
