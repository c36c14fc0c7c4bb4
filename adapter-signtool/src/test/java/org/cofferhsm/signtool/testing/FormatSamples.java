package org.cofferhsm.signtool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;

/** Unsigned cabinets, catalogs and scripts for tests with other programs, most of them not written here. */
public final class FormatSamples {
    private static final String MARK = "\ufeff";
    private static final String XML = "<?xml version=\"1.0\"?>\n<Types>\n  <Type/>\n</Types>\n";
    private static final String JOBS = "<package>\r\n<job>\r\n<script>a()</script>\r\n</job>\r\n</package>\r\n";

    private FormatSamples() {}

    /** PowerShell of other people, as it is, and in the other encodings that Windows has for it. */
    public static List<Path> powerShell(Path directory) throws IOException {
        Path first = copy(InstalledFiles.POWERSHELL.all().get(0), directory);
        String text = MARK + Files.readString(first) + "# \u00c4\u20ac\ud83d\ude00\r\n";
        Path module = InstalledFiles.POWERSHELL.named("Ansible.ModuleUtils.Legacy");
        return Stream.of(
                        first,
                        copy(module, directory),
                        write(directory, "marked.ps1", text.getBytes(StandardCharsets.UTF_8)),
                        write(directory, "wide.psm1", text.getBytes(StandardCharsets.UTF_16LE)),
                        write(directory, "plain.psd1", text.substring(1).getBytes(StandardCharsets.UTF_8)),
                        write(directory, "types.ps1xml", XML.getBytes(StandardCharsets.US_ASCII)),
                        write(directory, "wide.ps1xml", (MARK + XML).getBytes(StandardCharsets.UTF_16LE)))
                .toList();
    }

    /** What only osslsigncode can sign besides us. */
    public static List<Path> managementScripts(Path directory) throws IOException {
        return List.of(
                write(directory, "console.psc1", XML.getBytes(StandardCharsets.US_ASCII)),
                write(directory, "tests.cdxml", XML.getBytes(StandardCharsets.US_ASCII)),
                write(directory, "classes.mof", "class A {\r\n};\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    /** Scripts of the Windows Script Host, in the encodings that it knows. */
    public static List<Path> scriptHost(Path directory) throws IOException {
        return List.of(
                write(directory, "a.vbs", "MsgBox \"Gr\u00fc\u00dfe\"\r\n".getBytes(StandardCharsets.ISO_8859_1)),
                write(directory, "utf8.vbs", "MsgBox \"Gr\u00fc\u00dfe \u20ac\"\n".getBytes(StandardCharsets.UTF_8)),
                write(directory, "wide.vbs", (MARK + "MsgBox \"\u20ac\"\n").getBytes(StandardCharsets.UTF_16LE)),
                write(directory, "marked.js", (MARK + "f(\"\u20ac\")").getBytes(StandardCharsets.UTF_8)),
                write(directory, "a.js", "f(1)\n".getBytes(StandardCharsets.US_ASCII)),
                write(directory, "a.wsf", JOBS.getBytes(StandardCharsets.US_ASCII)),
                write(directory, "wide.wsf", (MARK + JOBS).getBytes(StandardCharsets.UTF_16LE)));
    }

    /** Cabinets that gcab makes, packed and not, and those that its own tests read. */
    public static List<Path> cabinets(Path directory) throws IOException {
        Path content = Files.write(directory.resolve("content.bin"), new byte[100_000]);
        return List.of(
                gcab(directory.resolve("stored.cab"), content),
                gcab(directory.resolve("packed.cab"), content, "-z"),
                copy(InstalledFiles.CABINETS.named("test-none"), directory),
                copy(InstalledFiles.CABINETS.named("test-mszip"), directory));
    }

    /** A cabinet with a reserve of this size for a signature to be. */
    public static Path reserving(Path directory, int bytes) throws IOException {
        return write(
                directory,
                "reserving" + bytes + ".cab",
                TinyCab.reserving(0, 0, new byte[bytes]).bytes());
    }

    private static Path gcab(Path cabinet, Path content, String... options) {
        OutsideProgram gcab = new OutsideProgram(List.of(Interop.program("gcab").toString()), Map.of());
        OutsideProgram.Finished finished =
                gcab.run(Stream.of(Stream.of(options), Stream.of("-n", "-c", cabinet.toString(), content.toString()))
                        .flatMap(one -> one)
                        .toArray(String[]::new));
        assertThat(finished.status()).as(finished.messages()).isZero();
        return cabinet;
    }

    /** A catalog, unsigned. */
    public static Path catalog(Path directory) throws IOException {
        return write(directory, "files.cat", TinyCatalog.of(new byte[] {1}, new byte[] {2}));
    }

    private static Path copy(Path file, Path directory) throws IOException {
        return Files.copy(file, directory.resolve(file.getFileName()));
    }

    private static Path write(Path directory, String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }
}
