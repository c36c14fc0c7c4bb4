package org.cofferhsm.tde.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cofferhsm.hsm.testing.ServedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.TdeKeystore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins that an administrator left in files: what goes wrong is said in a DBA's terms, and mended without loss. */
class H2LoginTest {
    private static final String LOGINS = "coffer.tde.logins";

    @TempDir
    private Path directory;

    @TempDir
    private Path logins;

    @TempDir
    private Path home;

    private TestModule module;
    private TestTablespace database;

    @BeforeEach
    void fill() throws Exception {
        module = TestModule.create(home, "hr", "sales");
        module.as("hr", session -> new TdeKeystore(session).setKey("first"));
        module.as("sales", session -> new TdeKeystore(session).setKey("first"));
        System.setProperty(LOGINS, logins.toString());
        database = new TestTablespace(directory);
        login(home, "hr", "Correct-Horse-42");
        database.fill(100);
    }

    @AfterEach
    void forgetLogins() {
        System.clearProperty(LOGINS);
    }

    private void login(Path module, String user, String pin) throws IOException {
        Files.writeString(logins.resolve("pin"), pin + "\n");
        Files.writeString(logins.resolve("hr.properties"), "home=" + module + "\nuser=" + user + "\npin-file=pin\n");
    }

    private void refusesUntilMended(String... words) throws Exception {
        assertThatThrownBy(database::count)
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).contains(words).doesNotContain("Correct-Horse-42"));
        login(home, "hr", "Correct-Horse-42");
        assertThat(database.count()).isEqualTo(100);
    }

    @Test
    void reachesAServiceByItsPortAndSecretFile() throws Exception {
        try (ServedModule service = ServedModule.startOnTcpAlone(module)) {
            String tcp = "tcp=127.0.0.1:" + service.port() + "\nuser=hr\npin-file=pin\n";
            Files.writeString(logins.resolve("hr.properties"), tcp + "token-file=" + service.token() + "\n");
            assertThat(database.count()).isEqualTo(100);

            Files.writeString(logins.resolve("hr.properties"), tcp);
            assertThatThrownBy(database::count).hasMessageContaining("token-file");
        }
    }

    @Test
    void namesAWrongPin() throws Exception {
        login(home, "hr", "wrong-horse-42");
        refusesUntilMended("ORA-28353");
    }

    @Test
    void namesAHeaderOfAnotherUser() throws Exception {
        login(home, "sales", "Correct-Horse-42");
        refusesUntilMended("ORA-28374", "another module or another user");
    }

    @Test
    void namesAHeaderOfAnotherModule(@TempDir Path other) throws Exception {
        TestModule.create(other, "hr").as("hr", session -> new TdeKeystore(session).setKey("other"));
        login(other, "hr", "Correct-Horse-42");
        refusesUntilMended("ORA-28374", "another module or another user");
    }

    @Test
    void namesAMasterKeyThatAnOldBackupOfTheModuleLacks(@TempDir Path old) throws Exception {
        copy(home, old);
        module.as("hr", session -> {
            TdeKeystore keystore = new TdeKeystore(session);
            keystore.setKey("second");
            H2Tablespace tablespace = H2Tablespace.at(database.file());
            tablespace.replace(keystore.rewrap(tablespace.wrappedKey()));
            return keystore;
        });

        login(old, "hr", "Correct-Horse-42");
        refusesUntilMended("ORA-28374", "is not in the keystore any more");
    }

    @Test
    void namesAClosedKeystore() throws Exception {
        module.as("hr", session -> {
            new TdeKeystore(session).close();
            return true;
        });
        assertThatThrownBy(database::count).hasMessageContaining("ORA-28365");
        module.as("hr", session -> {
            new TdeKeystore(session).open();
            return true;
        });
        assertThat(database.count()).isEqualTo(100);
    }

    @Test
    void namesAModuleThatIsNotThere() throws Exception {
        login(directory, "hr", "Correct-Horse-42");
        refusesUntilMended("ORA-28367");
    }

    @Test
    void keepsARandomPasswordForH2sOwnCipher() throws Exception {
        Path file = directory.resolve("own.key");
        String password = module.as(
                "hr", session -> String.valueOf(CipherPassword.in(file).password(new TdeKeystore(session))));
        String again = module.as("hr", session -> {
            TdeKeystore keystore = new TdeKeystore(session);
            keystore.setKey("second");
            keystore.rewrapAll(java.util.List.of(CipherPassword.in(file)));
            return String.valueOf(CipherPassword.in(file).password(keystore));
        });

        assertThat(password).matches("[0-9a-f]{64}").isEqualTo(again);
        String url = "jdbc:h2:" + directory.resolve("own") + ";CIPHER=AES";
        for (int round = 0; round < 2; round++) {
            try (var connection = java.sql.DriverManager.getConnection(url, "sa", password + " user")) {
                TestTablespace.insert(connection, 1000);
            }
        }
        assertThat(TestTablespace.leaksIn(directory)).isEmpty();
    }

    @Test
    void givesAllWhoMakeItAtOnceTheSamePassword() throws Exception {
        Path file = directory.resolve("shared.key");
        Set<String> passwords = module.as("hr", session -> {
            CipherPassword password = CipherPassword.in(file);
            return IntStream.range(0, 40)
                    .parallel()
                    .mapToObj(i -> String.valueOf(password.password(new TdeKeystore(session))))
                    .collect(Collectors.toSet());
        });

        assertThat(passwords).hasSize(1);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
