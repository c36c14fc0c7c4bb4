package org.cofferhsm.tde.h2;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.TdeKeystore;

/** A process that works on a database until it is told to stop, or killed; it prints a line for each thing done. */
final class DatabaseProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private DatabaseProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader();
    }

    static DatabaseProcess start(Work work, Path home, Path directory) throws IOException {
        return new DatabaseProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatabaseProcess.class.getName(),
                        work.name(),
                        home.toString(),
                        directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The number in the next line. */
    int next() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new AssertionError("the process ended by itself");
        }
        return Integer.parseInt(line.substring(0, line.length() - 1));
    }

    void tell() throws IOException {
        process.outputWriter().write("go\n");
        process.outputWriter().flush();
    }

    /** Kills it; gives the last number that it printed as a whole line, or this one. */
    int kill(int last) throws Exception {
        process.toHandle().destroyForcibly(); // and not the process itself, which would close the pipe
        process.waitFor();
        int number = last;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number = line.endsWith(".") ? Integer.parseInt(line.substring(0, line.length() - 1)) : number;
        }
        return number;
    }

    Process process() {
        return process;
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What a process does. */
    enum Work {
        /** Inserts rows, each durable before it is printed. */
        INSERT {
            @Override
            void run(TestTablespace database, Session session, Hsm hsm) throws Exception {
                try (Connection connection = database.connect()) {
                    for (int rows = TestTablespace.count(connection) + 1; ; rows++) {
                        TestTablespace.append(connection, rows - 1);
                        connection.createStatement().execute("checkpoint sync");
                        print(rows);
                    }
                }
            }
        },
        /** Inserts rows, which are durable when they are printed, and compacts the database. */
        COMPACT {
            @Override
            void run(TestTablespace database, Session session, Hsm hsm) throws Exception {
                for (; ; ) {
                    try (Connection connection = database.connect()) {
                        int rows = TestTablespace.count(connection);
                        TestTablespace.append(connection, rows);
                        connection.createStatement().execute("checkpoint sync");
                        print(rows + 1);
                        connection.createStatement().execute("shutdown compact");
                    }
                }
            }
        },

        /** Sets master keys and re-wraps the tablespace key. */
        ROTATE {
            @Override
            void run(TestTablespace database, Session session, Hsm hsm) {
                TdeKeystore keystore = new TdeKeystore(session);
                H2Tablespace tablespace = H2Tablespace.at(database.file());
                for (int i = 0; ; i++) {
                    keystore.setKey("rotation " + i);
                    tablespace.replace(keystore.rewrap(tablespace.wrappedKey()));
                    print(i);
                }
            }
        },
        /** Gives the tablespace one new key after another. */
        REKEY {
            @Override
            void run(TestTablespace database, Session session, Hsm hsm) {
                for (int i = 0; ; i++) {
                    int number = i;
                    H2Tablespace.at(database.file()).rekey(new TdeKeystore(session), (done, all) -> print(number));
                }
            }
        },
        /** Opens the database, gives the module back, and inserts a row after each word from its parent. */
        HOLD {
            @Override
            void run(TestTablespace database, Session session, Hsm hsm) throws Exception {
                try (Connection connection = database.connect()) {
                    int rows = TestTablespace.count(connection);
                    hsm.close();
                    print(rows);
                    while (System.in.read() == 'g') {
                        System.in.readNBytes(2);
                        TestTablespace.append(connection, rows++);
                        print(rows);
                    }
                }
            }
        };

        abstract void run(TestTablespace database, Session session, Hsm hsm) throws Exception;
    }

    private static void print(int number) {
        System.out.println(number + ".");
    }

    public static void main(String[] args) throws Exception {
        try (Hsm hsm = new TestModule(Path.of(args[1])).open();
                Session session = TestModule.login(hsm, "tde")) {
            H2Keystores.register(TestTablespace.KEYSTORE, KeystoreAccess.of(new TdeKeystore(session)));
            Work.valueOf(args[0]).run(new TestTablespace(Path.of(args[2])), session, hsm);
        }
    }
}
