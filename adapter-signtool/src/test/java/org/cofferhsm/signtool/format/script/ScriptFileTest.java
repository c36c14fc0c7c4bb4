package org.cofferhsm.signtool.format.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptFileTest {
    private static final String MARK = "\ufeff";
    private static final String TEXT = "<package>\r\n <job>\nÄ€\n </job>\r</package>\n";

    @TempDir
    private Path directory;

    private Trial trial(String extension) {
        return new Trial(directory.resolve("tiny." + extension));
    }

    static Stream<Arguments> scripts() {
        List<byte[]> texts = List.of(
                TEXT.getBytes(StandardCharsets.UTF_8),
                (MARK + TEXT).getBytes(StandardCharsets.UTF_8),
                (MARK + TEXT).getBytes(StandardCharsets.UTF_16LE),
                (MARK + TEXT).getBytes(StandardCharsets.UTF_16BE),
                TEXT.getBytes(Charset.forName("windows-1252")));
        return Stream.of("ps1", "PSM1", "psd1", "ps1xml", "psc1", "cdxml", "mof", "vbs", "js", "wsf")
                .flatMap(extension -> texts.stream().map(text -> Arguments.of(extension, text)));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void givesBackEveryByteOfAnUnsignedScript(String extension, byte[] text) throws IOException {
        trial(extension).givesBack(text);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void noticesEveryFlippedByteOfTheText(String extension, byte[] text) throws IOException {
        Trial trial = trial(extension);
        byte[] signed = trial.signed(text);
        int same = Arrays.mismatch(text, signed) < 0 ? text.length : Arrays.mismatch(text, signed);

        trial.noticesFlips(signed, same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ps1", "ps1xml", "vbs", "wsf"})
    void neverAcceptsATruncatedFile(String extension) throws IOException {
        Trial trial = trial(extension);
        byte[] text = "<job></job>".getBytes(StandardCharsets.US_ASCII);

        trial.noticesTruncation(trial.signed(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", "\n", "\r\n", "a", "a\r", "a\r\n\r\n"})
    void givesBackAnyEndOfTheText(String text) throws IOException {
        trial("ps1").givesBack(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The digests are those of the texts in UTF-16LE, made by another program: iconv and sha256sum. */
    @ParameterizedTest
    @CsvSource({
        "ps1, Hi\u00e4, 30192415b358d1295dc24ce4616680710d6aa0e7dddd5e5bf881b2c974094218",
        "vbs, Hi\u00e4, 48cc720a359547a574736a26ffcbaf84c57625489ed50f836ef3bd155f5b0f95"
    })
    void takesTheDigestThatWindowsTakes(String extension, String text, String digest) throws IOException {
        Path file = Files.write(
                directory.resolve("known." + extension), (MARK + text + "\n").getBytes(StandardCharsets.UTF_8));
        try (OpenFile open = OpenFile.read(file)) {
            assertThat(open.content()
                            .content(ContentOptions.of(DigestAlgorithm.SHA256))
                            .indirectData()
                            .orElseThrow()
                            .digest()
                            .toHex())
                    .isEqualTo(digest);
        }
    }

    @Test
    void takesBytesThatAreNoUtf8ForTheCodePage() throws IOException {
        ScriptText text = ScriptText.of(ScriptLanguage.POWERSHELL, new byte[] {'a', (byte) 0x80, (byte) 0x81});

        assertThat(text.text()).isEqualTo("a\u20ac\u0081");
        assertThat(text.encoding()).isEqualTo(TextEncoding.WINDOWS_1252);
    }

    @ParameterizedTest
    @CsvSource({"js, vbs", "ps1, psd1xml", "ps1, ps1xml", "vbs, wsf"})
    void refusesTheSignatureOfAnotherLanguage(String extension, String other) throws IOException {
        byte[] text = "<job></job>".getBytes(StandardCharsets.US_ASCII);
        byte[] signed = trial(extension).signed(text);

        assertThat(trial(other).passes(signed)).isFalse();
    }

    @Test
    void readsABlockWhoseLinesSomebodyConverted() throws IOException {
        Trial trial = trial("ps1");
        byte[] signed = trial.signed("exit".getBytes(StandardCharsets.US_ASCII));
        String converted = new String(signed, StandardCharsets.US_ASCII).replace("\r\n", "\n");

        assertThat(trial.passes(converted.getBytes(StandardCharsets.US_ASCII))).isTrue();
    }

    static Stream<String> damaged() {
        String block = "\r\n# SIG # Begin signature block\r\n# MAA=\r\n# SIG # End signature block\r\n";
        return Stream.of(
                block + "evil",
                block + block,
                block + "\r\n",
                block.replace("# MAA=", "MAA="),
                block.replace("# MAA=", "# M*A="),
                block.replace("# MAA=", "#"),
                block.replace("End", "end"),
                block.substring(2),
                "\r\n# SIG # Begin signature block",
                block.strip());
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void refusesABlockThatIsNotWhatItShouldBe(String text) throws IOException {
        Path file = Files.writeString(trial("ps1").file(), text);

        assertRefused(Reason.DATA_INVALID, () -> Trial.SIGNER.signInPlace(file));

        assertThat(file).hasContent(text);
    }

    @Test
    void refusesAJobsSignatureInAnotherPlace() throws IOException {
        Trial trial = trial("wsf");
        String signed =
                new String(trial.signed("<job></job>".getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
        String block = signed.substring(signed.indexOf("\r\n<sig"), signed.lastIndexOf("</job>"));

        Stream.of("<job></job>" + block, block + "<job></job>", "<job>" + block + "</job></job>")
                .forEach(text -> {
                    Path file = trial.file();
                    assertRefused(Reason.DATA_INVALID, () -> {
                        Files.writeString(file, text);
                        Trial.VERIFIER.verify(file);
                    });
                });
    }

    @Test
    void refusesAScriptHostFileWithoutJob() throws IOException {
        Path file = Files.writeString(trial("wsf").file(), "<package></package>");

        assertRefused(Reason.DATA_INVALID, () -> Trial.SIGNER.signInPlace(file)).hasMessageContaining("</job>");
    }

    static Stream<byte[]> misencoded() {
        return Stream.of(
                new byte[] {(byte) 0xff, (byte) 0xfe, 0x41}, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, -1});
    }

    @ParameterizedTest
    @MethodSource("misencoded")
    void refusesTextThatIsNotWhatItsMarkSays(byte[] text) throws IOException {
        Path file = Files.write(trial("ps1").file(), text);

        assertRefused(Reason.DATA_INVALID, () -> Trial.SIGNER.signInPlace(file));
    }
}
