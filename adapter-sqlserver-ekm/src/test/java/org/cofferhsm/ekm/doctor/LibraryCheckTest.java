package org.cofferhsm.ekm.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cofferhsm.ekm.standin.NativeLibraryFile;
import org.cofferhsm.hsm.command.Finding;
import org.cofferhsm.hsm.command.Finding.Verdict;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LibraryCheckTest {

    @TempDir
    private Path directory;

    private List<Finding> check(byte[] image) throws IOException {
        return LibraryCheck.of(Files.write(directory.resolve("library"), image));
    }

    private static List<Verdict> verdicts(List<Finding> findings) {
        return findings.stream().map(Finding::verdict).toList();
    }

    @Test
    void findsThe17ExportsOfADll() throws IOException {
        List<Finding> findings = check(DllBuilder.x64().signed(8).build(LibraryCheck.EXPORTS));

        assertThat(findings).extracting(Finding::name).containsExactly("bitness", "exports", "signature");
        assertThat(verdicts(findings)).containsExactly(Verdict.OK, Verdict.OK, Verdict.NOTE);
        assertThat(findings.get(2).detail()).contains("8 bytes").contains("Get-AuthenticodeSignature");
    }

    @Test
    void missesExportsAndTheSignature() throws IOException {
        List<Finding> findings = check(DllBuilder.x64().build(List.of("SqlCryptEncrypt", "Other")));

        assertThat(verdicts(findings)).containsExactly(Verdict.OK, Verdict.PROBLEM, Verdict.PROBLEM);
        assertThat(findings.get(1).detail())
                .contains("33085")
                .contains("SqlCryptDecrypt, ")
                .doesNotContain("SqlCryptEncrypt");
    }

    @Test
    void refuses32BitLibraries() throws IOException {
        List<Finding> findings = check(DllBuilder.x86().build(LibraryCheck.EXPORTS));

        assertThat(verdicts(findings)).containsExactly(Verdict.PROBLEM);
        assertThat(findings.get(0).detail()).contains("33027");
    }

    /** A library that every Linux JVM has with it: its exports are found, though not EKM's. */
    @Test
    void readsTheSymbolsOfALinuxLibrary() throws IOException {
        Path library = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(library) && System.getProperty("os.arch").equals("amd64"),
                "no libjava.so for x86-64 here");

        assertThat(ElfImage.read(new ImageBytes(Files.readAllBytes(library))).exports())
                .contains("JNI_OnLoad")
                .doesNotContain("malloc");
        assertThat(verdicts(LibraryCheck.of(library))).containsExactly(Verdict.OK, Verdict.PROBLEM, Verdict.NOTE);
    }

    @Test
    void reportsWhatIsNoLibrary() throws IOException {
        assertThat(verdicts(LibraryCheck.of(directory.resolve("missing")))).containsExactly(Verdict.PROBLEM);
        assertThat(verdicts(check(new byte[0]))).containsExactly(Verdict.PROBLEM);
        assertThat(verdicts(check("#!/bin/sh".getBytes()))).containsExactly(Verdict.PROBLEM);
    }

    @Test
    void survivesDamagedLibraries() throws IOException {
        byte[] sound = DllBuilder.x64().signed(8).build(LibraryCheck.EXPORTS);
        Random random = new Random(33_085);
        int damaged = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] image = Arrays.copyOf(sound, random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length);
            for (int i = 0; i < 3 && image.length > 0; i++) {
                image[random.nextInt(Math.min(image.length, 0x300))] = (byte) random.nextInt();
            }
            damaged += check(image).get(0).detail().contains("is damaged") ? 1 : 0;
        }
        assertThat(damaged).isPositive();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void findsNothingWrongWithTheLibraryOfThisBuild() {
        Interop.program("cc");
        List<Finding> findings =
                LibraryCheck.of(NativeLibraryFile.find().orElseThrow().file());

        assertThat(verdicts(findings)).containsExactly(Verdict.OK, Verdict.OK, Verdict.NOTE);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void missesNothingButTheSignatureInTheDllOfThisBuild() {
        Interop.program("x86_64-w64-mingw32-gcc");
        List<Finding> findings = LibraryCheck.of(
                Path.of("target/native/windows-x86_64/coffer-ekm.dll").toAbsolutePath());

        assertThat(verdicts(findings)).containsExactly(Verdict.OK, Verdict.OK, Verdict.PROBLEM);
        assertThat(findings.get(2).detail()).contains("33081");
    }
}
