package org.cofferhsm.ekm.standin;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.cofferhsm.ekm.CofferSqlCrypt;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in on the engine in this process. */
class JavaStandInTest extends StandInContract {
    private static Hsm hsm;

    @BeforeAll
    static void open(@TempDir Path home) {
        hsm = TestModule.create(home, "alice").open();
    }

    @AfterAll
    static void close() {
        hsm.close();
    }

    @Override
    SqlServer newServer() {
        return new SqlServer(file -> new JavaCallbacks(new CofferSqlCrypt(hsm)));
    }

    @Test
    void showsNoSecretOfAStatementThatItDoesNotUnderstand() {
        assertThatExceptionOfType(SqlError.class)
                .isThrownBy(() -> sa.execute("CREATE CREDENTIAL d WITH IDENTITY = 'alice', SECRET = 'hush' FOR NOBODY"))
                .withMessageStartingWith("Msg 102: incorrect syntax: CREATE CREDENTIAL d")
                .withMessageNotContaining("hush");
    }
}
