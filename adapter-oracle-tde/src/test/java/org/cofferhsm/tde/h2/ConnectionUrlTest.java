package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Function;
import org.cofferhsm.tde.TdeKeystore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {

    private static final String HOME = System.getProperty("user.home");

    @AfterEach
    void comeHome() {
        System.setProperty("user.home", HOME);
    }

    @Test
    void findsTheUsersDirectoryWhateverItsName() {
        System.setProperty("user.home", "C:\\Users\\$1");

        assertThat(ConnectionUrl.parse("jdbc:h2:tde:hr:~/hr").path()).isEqualTo(Path.of("C:\\Users\\$1/hr.mv.db"));
        assertThat(ConnectionUrl.parse("jdbc:h2:tde:hr:~hr").path()).isEqualTo(Path.of("~hr.mv.db"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAG_PAGES=1", "tag_pages=yes", "TAG_PAGES="})
    void makesNoDatabaseWithoutTagsForSomebodyWhoMayHaveWantedThem(String setting, @TempDir Path directory) {
        H2Keystores.Registration none = H2Keystores.register("nobody", new NoKeystore());
        try {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            "jdbc:h2:tde:nobody:" + directory.resolve("db") + ";" + setting, "sa", ""))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("TRUE or FALSE");
        } finally {
            none.close();
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static final class NoKeystore implements KeystoreAccess {
        @Override
        public <T> T with(Function<TdeKeystore, T> work) {
            throw new AssertionError("nobody should ask for it");
        }
    }
}
