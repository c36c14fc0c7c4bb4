package org.cofferhsm.hsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Somebody with SQL access to the tables, also to copies of old rows, but without the module's keys. */
class RowTamperTest {

    @TempDir
    static Path template;

    @TempDir
    Path home;

    @BeforeAll
    static void makeStoreWithOldRowsAside() {
        History.of(
                template,
                () -> H2File.in(template)
                        .tamper(
                                "CREATE TABLE old_records AS SELECT * FROM coffer_records",
                                "CREATE TABLE old_index AS SELECT * FROM coffer_index",
                                "CREATE TABLE old_state AS SELECT * FROM coffer_state",
                                "CREATE TABLE old_announcements AS SELECT * FROM coffer_announcements"));
    }

    @BeforeEach
    void copyTemplate() throws IOException {
        Files.copy(H2File.in(template).path(), H2File.in(home).path());
    }

    @Test
    void opensWhatNobodyTouched() {
        try (ModuleLock lock = ModuleLock.acquire(home);
                ObjectStore store = H2Store.open(lock, Records.MODULE, History.PROTECTION)) {
            assertThat(store.records()).hasSize(40);
            assertThat(store.announcements()).hasSize(2);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/org/cofferhsm/hsm/store/row-tampering.csv", delimiter = '~', numLinesToSkip = 1)
    void refusesAndNamesWhatWasDone(String what, String statements, String finding) {
        H2File.in(home).tamper(statements.split(";\\s*"));
        HsmException refusal = catchThrowableOfType(HsmException.class, this::openAndRead);
        assertThat(refusal).as(what).isNotNull();
        assertThat(refusal).hasMessageContainingAll(finding.split("\\s*&\\s*"));
        assertThat(refusal.reason()).isEqualTo(Reason.STORE_TAMPERED);
    }

    private void openAndRead() {
        try (ModuleLock lock = ModuleLock.acquire(home);
                ObjectStore store = H2Store.open(lock, Records.MODULE, History.PROTECTION)) {
            store.records();
        }
    }

    @Test
    void refusesWhenATableIsGone() {
        for (String table : new String[] {"coffer_records", "coffer_announcements"}) {
            H2File.in(home).tamper("DROP TABLE " + table);
            HsmException refusal = catchThrowableOfType(HsmException.class, this::openAndRead);
            assertThat(refusal.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
            assertThat(refusal).hasMessageContaining("cannot be read");
        }
    }
}
