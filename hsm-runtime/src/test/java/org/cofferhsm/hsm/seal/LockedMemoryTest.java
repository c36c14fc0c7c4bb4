package org.cofferhsm.hsm.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLong;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LockedMemoryTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Test
    void keepsWhatIsWritten() {
        try (LockedMemory memory = LockedMemory.ofBytes(32)) {
            memory.write(SECRET);
            assertThat(read(memory)).isEqualTo(SECRET);
        }
    }

    @Test
    void isLockedAndLeftOutOfDumpsByWordOfTheKernel() throws IOException {
        try (LockedMemory memory = LockedMemory.ofBytes(32)) {
            LinuxPage page = onLinux(memory);
            page.write(SECRET);
            List<String> flags = flagsOf(page.address());
            for (Protection protection : page.protections()) {
                switch (protection.name()) {
                    case LockedMemory.LOCKED -> assertThat(flags.contains("lo")).isEqualTo(protection.active());
                    case LockedMemory.NO_DUMP ->
                        assertThat(flags.contains("dd")).isEqualTo(protection.active());
                    case LockedMemory.NO_FORK ->
                        assertThat(flags.contains("dc") || flags.contains("wf")).isEqualTo(protection.active());
                    default -> assertThat(protection.name()).isEqualTo(LockedMemory.SECRET);
                }
            }
            assertThat(flags).contains("dd");
        }
    }

    @Test
    void fallsBackToAnonymousPagesThatAreAsWellGuarded() throws IOException {
        OperatingSystem linux = linux();
        try (LockedMemory memory = LinuxPage.anonymous(linux, new NativeLong(4096), 32)) {
            memory.write(SECRET);
            assertThat(read(memory)).isEqualTo(SECRET);
            assertThat(flagsOf(onLinux(memory).address())).contains("lo", "dd", "wf");
            assertThat(memory.protections())
                    .filteredOn(Protection::active)
                    .extracting(Protection::detail)
                    .containsExactly("mlock", "MADV_DONTDUMP", "MADV_WIPEONFORK");
            assertThat(memory.protections())
                    .filteredOn(protection -> !protection.active())
                    .extracting(Protection::detail)
                    .allMatch(detail -> detail.startsWith("memfd_secret: "));
        }
    }

    @Test
    void cannotBeReadThroughTheProcessesMemoryFileWhenSecret() throws IOException {
        try (LockedMemory memory = LockedMemory.ofBytes(32)) {
            LinuxPage page = onLinux(memory);
            assumeTrue(page.protections().contains(Protection.active(LockedMemory.SECRET, "memfd_secret")));
            page.write(SECRET);
            try (RandomAccessFile file = new RandomAccessFile("/proc/self/mem", "r")) {
                file.seek(page.address());
                assertThat(readQuietly(file)).isNotEqualTo(Optional.of(SECRET));
            }
        }
    }

    private static Optional<byte[]> readQuietly(RandomAccessFile file) {
        byte[] bytes = new byte[SECRET.length];
        try {
            file.readFully(bytes);
            return Optional.of(bytes);
        } catch (IOException e) {
            return Optional.empty(); // refused by the kernel
        }
    }

    @Test
    void isGivenBackWhenClosed() throws IOException {
        LockedMemory memory = LinuxPage.anonymous(linux(), new NativeLong(4096), 32);
        memory.write(SECRET);
        long address = onLinux(memory).address();
        assertThat(flagsOf(address)).contains("lo");
        memory.close();
        assertThat(isMapped(address) && flagsOf(address).contains("lo")).isFalse();
    }

    private static boolean isMapped(long address) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream().anyMatch(line -> covers(line, address));
    }

    @Test
    void reportsEverythingAsRefusedWithoutTheOperatingSystemsHelp() {
        PlainMemory memory = new PlainMemory(32, "for a reason");
        memory.write(SECRET);
        assertThat(read(memory)).isEqualTo(SECRET);
        assertThat(memory.protections())
                .hasSize(4)
                .allMatch(protection ->
                        !protection.active() && protection.detail().equals("for a reason"));
        memory.close();
        assertThat(read(memory)).isEqualTo(new byte[32]);
    }

    private static byte[] read(LockedMemory memory) {
        byte[] bytes = new byte[32];
        memory.read(bytes);
        return bytes;
    }

    private static OperatingSystem linux() {
        Optional<OperatingSystem> linux = OperatingSystem.linux();
        assumeTrue(linux.isPresent(), "Linux");
        return linux.orElseThrow();
    }

    private static LinuxPage onLinux(LockedMemory memory) {
        assumeTrue(memory instanceof LinuxPage, "Linux");
        return (LinuxPage) memory;
    }

    /** The flags of the mapping at an address, by /proc/self/smaps: lo locked, dd no dump, dc no fork, wf wiped. */
    private static List<String> flagsOf(long address) throws IOException {
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                inside = covers(line, address);
            } else if (inside && line.startsWith("VmFlags:")) {
                return List.of(line.substring(8).trim().split(" "));
            }
        }
        throw new AssertionError("no mapping at " + Long.toHexString(address));
    }

    private static boolean covers(String line, long address) {
        String[] range = line.split(" ")[0].split("-");
        return range.length == 2
                && range[0].matches("[0-9a-f]+")
                && Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), address) <= 0
                && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0;
    }
}
