package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Files that were altered or half written are refused by their cause, and open again once they are whole. */
class H2DamageTest extends DatabaseTests {

    @Test
    void refusesAHeaderWithoutAWholeSlotAndOpensWithOne() throws Exception {
        database.fill(10);
        byte[] whole = Files.readAllBytes(database.file());

        database.flip(100);
        assertThat(database.count()).isEqualTo(10);

        Files.write(database.file(), whole);
        database.flip(100);
        database.flip(HeaderSlot.BYTES + 100);
        assertThatThrownBy(database::count).hasMessageContaining("ORA-28396");

        Files.write(database.file(), whole);
        assertThat(database.count()).isEqualTo(10);
    }

    @Test
    void findsFlippedBytesInTaggedPages() throws Exception {
        database.fill(2_000, "TAG_PAGES=TRUE");
        byte[] whole = Files.readAllBytes(database.file());
        long middle = new PageLayout(HeaderSlots.BYTES, true).offset(6);

        for (long offset = middle; offset < middle + 3 * Pages.BYTES; offset += 1500) {
            database.flip(offset);
        }

        assertThatThrownBy(database::count).hasStackTraceContaining("ORA-01578");
        Files.write(database.file(), whole);
        assertThat(database.count()).isEqualTo(2_000);
    }

    @Test
    void refusesToSayThatPagesAreTaggedWhenTheyAreNot() throws Exception {
        database.fill(10);

        assertThatThrownBy(() -> database.count("TAG_PAGES=TRUE")).hasMessageContaining("carry no tags");
        assertThat(database.count()).isEqualTo(10);
    }

    @Test
    void makesADatabaseWhoseMakingWasInterruptedInItsHeader() throws Exception {
        database.fill(10);
        byte[] whole = Files.readAllBytes(database.file());
        for (int length : new int[] {0, 100, HeaderSlot.BYTES}) {
            Files.write(database.file(), Arrays.copyOf(whole, length));
            database.fill(20);
            assertThat(database.count()).isEqualTo(20);
        }
    }

    @Test
    void namesTheCauseWhereTheRotationFindsAHeaderCutShort() throws Exception {
        database.fill(10);
        byte[] whole = Files.readAllBytes(database.file());
        Files.write(database.file(), Arrays.copyOf(whole, 100));

        assertThatThrownBy(() -> H2Tablespace.at(database.file()).wrappedKey())
                .hasMessageContaining("too short")
                .hasMessageContaining("ORA-28396");
        Files.write(database.file(), whole);
        assertThat(database.count()).isEqualTo(10);
    }
}
