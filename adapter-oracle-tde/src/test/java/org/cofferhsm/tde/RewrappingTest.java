package org.cofferhsm.tde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.testing.SharedModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RewrappingTest {
    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    @TempDir
    private Path directory;

    private TdeKeystore keystore;

    @BeforeEach
    void login() {
        keystore = new TdeKeystore(MODULE.login());
        keystore.setKey("old");
    }

    /** A header in memory, which can be made to fail. */
    private static final class Header implements TablespaceHeader {
        private WrappedTablespaceKey key;
        private int replacements;
        private boolean full;

        Header(WrappedTablespaceKey key) {
            this.key = key;
        }

        @Override
        public String name() {
            return "tablespace " + Integer.toHexString(System.identityHashCode(this));
        }

        @Override
        public WrappedTablespaceKey wrappedKey() {
            return key;
        }

        @Override
        public void replace(WrappedTablespaceKey wrapped) {
            if (full) {
                throw HsmException.argumentInvalid("no space left on device");
            }
            key = wrapped;
            replacements++;
        }
    }

    private WrappedTablespaceKey wrapNew() {
        try (TablespaceKey key = keystore.generate(TablespaceAlgorithm.AES256)) {
            return keystore.wrap(key);
        }
    }

    private List<Header> tablespaces(int count) {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            headers.add(new Header(wrapNew()));
        }
        return headers;
    }

    private boolean same(WrappedTablespaceKey one, WrappedTablespaceKey other) {
        try (TablespaceKey before = keystore.unwrap(one);
                TablespaceKey after = keystore.unwrap(other)) {
            return before.sameAs(after);
        }
    }

    @Test
    void keepsTheTablespaceKeysAndChangesTheirWrapping() {
        List<Header> headers = tablespaces(3);
        List<WrappedTablespaceKey> before =
                headers.stream().map(Header::wrappedKey).toList();
        MasterKey current = keystore.setKey("new");

        Rewrapping done = keystore.rewrapAll(headers);

        assertThat(done).isEqualTo(new Rewrapping(current.id(), 3, 0, List.of()));
        for (int i = 0; i < headers.size(); i++) {
            assertThat(headers.get(i).wrappedKey().masterKey()).isEqualTo(current.id());
            assertThat(same(before.get(i), headers.get(i).wrappedKey())).isTrue();
        }
    }

    /** As after a kill between two of them. */
    @Test
    void goesOnWhereItWasInterrupted() {
        List<Header> headers = tablespaces(4);
        MasterKey current = keystore.setKey("new");
        keystore.rewrapAll(headers.subList(0, 2));

        Rewrapping done = keystore.rewrapAll(headers);

        assertThat(done).isEqualTo(new Rewrapping(current.id(), 2, 2, List.of()));
        assertThat(headers).extracting(header -> header.replacements).containsOnly(1);
    }

    @Test
    void doesNotLetOneThatFailsStopTheOthers() {
        List<Header> headers = tablespaces(4);
        headers.get(1).full = true;
        WrappedTablespaceKey altered = headers.get(2).key;
        byte[] sealed = altered.sealed().toByteArray();
        sealed[20] ^= 1;
        headers.get(2).key = new WrappedTablespaceKey(altered.masterKey(), altered.algorithm(), Octets.of(sealed));
        keystore.setKey("new");

        Rewrapping done = keystore.rewrapAll(headers);

        assertThat(done.rewrapped()).isEqualTo(2);
        assertThat(done.isComplete()).isFalse();
        assertThat(done.failures())
                .extracting(Rewrapping.Failure::tablespace)
                .containsExactly(headers.get(1).name(), headers.get(2).name());
        assertThat(done.failures().get(1).cause()).hasMessageContaining("ORA-28396");
        assertThat(headers.get(1).wrappedKey().masterKey()).isEqualTo(altered.masterKey());
        headers.get(1).full = false;
        assertThat(keystore.rewrapAll(headers.subList(0, 2)).isComplete()).isTrue();
    }

    @Test
    void refusesWhileTheKeystoreIsClosed() {
        List<Header> headers = tablespaces(1);
        keystore.close();

        assertRefused(Reason.MODULE_STATE_WRONG, () -> keystore.rewrapAll(headers))
                .hasMessageContaining("ORA-28365");
    }

    @Test
    void rotatesAThousandInLessThanTwoSecondsOfCpu() {
        List<Header> headers = tablespaces(1_000);
        MasterKey current = keystore.setKey("new");

        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Rewrapping done = keystore.rewrapAll(headers);
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;

        assertThat(done).isEqualTo(new Rewrapping(current.id(), 1_000, 0, List.of()));
        assertThat(TimeUnit.NANOSECONDS.toMillis(cpu)).isLessThan(2_000);
    }

    @Test
    void takesFilesThatHoldAWrappedKey() throws IOException {
        Path file = directory.resolve("tablespace.key");
        WrappedTablespaceKey before = wrapNew();
        Files.write(file, before.encode());
        MasterKey current = keystore.setKey("new");

        keystore.rewrapAll(TablespaceFiles.installed().headersOf(List.of(file)));

        WrappedTablespaceKey after = new WrappedKeyFile(file).wrappedKey();
        assertThat(after.masterKey()).isEqualTo(current.id());
        assertThat(same(before, after)).isTrue();
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    /** An admin re-wraps, and the database of another user has to read the file at its next start. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void leavesAFileToThoseWhoCouldReadIt() throws IOException {
        Path file = Files.write(directory.resolve("tablespace.key"), wrapNew().encode());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        Path link = Files.createSymbolicLink(directory.resolve("link.key"), file);
        MasterKey current = keystore.setKey("new");

        keystore.rewrapAll(TablespaceFiles.installed().headersOf(List.of(link)));

        assertThat(new WrappedKeyFile(file).wrappedKey().masterKey()).isEqualTo(current.id());
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--r-----");
    }

    @Test
    void refusesFilesOfOtherKinds() throws IOException {
        Path other = directory.resolve("ewallet.p12");
        Files.write(other, new byte[] {1, 2});

        assertRefused(
                        Reason.WRAPPED_KEY_INVALID,
                        () -> TablespaceFiles.installed().headersOf(List.of(other)))
                .hasMessageContaining("ewallet.p12");
        assertRefused(
                        Reason.ARGUMENT_INVALID,
                        () -> TablespaceFiles.installed().headersOf(List.of(directory.resolve("nowhere"))))
                .hasMessageContaining("nowhere");
    }
}
