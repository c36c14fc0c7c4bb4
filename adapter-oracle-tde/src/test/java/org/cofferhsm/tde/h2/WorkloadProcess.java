package org.cofferhsm.tde.h2;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.tde.TdeKeystore;

/**
 * The same work on one of four kinds of database, in a process of its own: 200,000 rows of 200 bytes with a second
 * index, then 100,000 reads by key, 100,000 by the index, 2,000 ranges of 100 rows, a scan. Prints wall and CPU seconds
 * from opening the database to having closed it.
 */
final class WorkloadProcess {
    private static final int ROWS = 200_000;

    private WorkloadProcess() {}

    /** What the work is done on. */
    enum Kind {
        PLAIN,
        CIPHER,
        ENCRYPTED,
        TAGGED
    }

    public static void main(String[] args) throws Exception {
        Kind kind = Kind.valueOf(args[0]);
        Path directory = Path.of(args[2]);
        try (Hsm hsm = new TestModule(Path.of(args[1])).open();
                Session session = TestModule.login(hsm, "tde")) {
            TdeKeystore keystore = new TdeKeystore(session);
            H2Keystores.register(TestTablespace.KEYSTORE, KeystoreAccess.of(keystore));
            String password = kind == Kind.CIPHER
                    ? String.valueOf(CipherPassword.in(directory.resolve("work.key"))
                                    .password(keystore)) + " "
                    : "";
            measure(kind, directory, password);
        }
    }

    private static void measure(Kind kind, Path directory, String password) throws SQLException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url(kind, directory), "sa", password)) {
            insert(connection);
            read(connection);
        }
        wall = System.nanoTime() - wall;
        cpu = system.getProcessCpuTime() - cpu;
        System.out.println(wall / 1e9 + " " + cpu / 1e9);
    }

    private static String url(Kind kind, Path directory) {
        Path file = directory.resolve("work");
        return switch (kind) {
            case PLAIN -> "jdbc:h2:" + file;
            case CIPHER -> "jdbc:h2:" + file + ";CIPHER=AES";
            case ENCRYPTED -> "jdbc:h2:tde:" + TestTablespace.KEYSTORE + ":" + file;
            case TAGGED -> "jdbc:h2:tde:" + TestTablespace.KEYSTORE + ":" + file + ";TAG_PAGES=TRUE";
        };
    }

    private static void insert(Connection connection) throws SQLException {
        Random random = new Random(1);
        byte[] content = new byte[200];
        connection.setAutoCommit(false);
        connection.createStatement().execute("create table work(id int primary key, grp int, content binary varying)");
        connection.createStatement().execute("create index work_grp on work(grp)");
        try (PreparedStatement insert = connection.prepareStatement("insert into work values(?, ?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                random.nextBytes(content);
                insert.setInt(1, i);
                insert.setInt(2, (int) (i * 7919L % ROWS));
                insert.setBytes(3, content);
                insert.addBatch();
                if (i % 1000 == 999) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private static void read(Connection connection) throws SQLException {
        Random random = new Random(2);
        query(connection, "select content from work where id = ?", 100_000, random);
        query(connection, "select content from work where grp = ?", 100_000, random);
        query(connection, "select content from work where id >= ? order by id limit 100", 2_000, random);
        query(connection, "select sum(length(content)) from work where id > -?", 1, random);
    }

    private static void query(Connection connection, String sql, int times, Random random) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < times; i++) {
                query.setInt(1, random.nextInt(ROWS));
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        rows.getObject(1);
                    }
                }
            }
        }
    }
}
