package org.cofferhsm.signtool.format.cat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TinyCatalog;
import org.cofferhsm.signtool.testing.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatFileTest {
    private static final byte[] CATALOG = TinyCatalog.of(new byte[] {1}, new byte[] {2, 3});

    @TempDir
    private Path directory;

    private Trial trial;

    @BeforeEach
    void name() {
        trial = new Trial(directory.resolve("tiny.cat"));
    }

    @Test
    void givesBackEveryByteOfAnUnsignedCatalog() throws IOException {
        trial.givesBack(CATALOG);
        trial.givesBack(TinyCatalog.withAlgorithm(new byte[9]));
        trial.givesBack(TinyCatalog.of());
    }

    @Test
    void isFoundByItsContentWhateverItsName() throws IOException {
        Trial other = new Trial(directory.resolve("tiny.dat"));
        other.signed(CATALOG);

        assertThat(Trial.VERIFIER.verify(other.file()).format()).isEqualTo("catalog");
    }

    @Test
    void noticesEveryFlippedByteOfTheList() throws IOException {
        byte[] signed = trial.signed(CATALOG);
        int list = CatalogBytes.find(signed, content(), 0);

        for (int i = list; i < list + content().length; i++) {
            byte[] flipped = signed.clone();
            flipped[i] ^= (byte) (1 << i % Byte.SIZE);
            assertThat(trial.passes(flipped)).as("flipped byte %d", i).isFalse();
        }
        trial.noticesFlips(signed, 0);
    }

    private byte[] content() throws IOException {
        Path unsigned = Files.write(directory.resolve("unsigned.cat"), CATALOG);
        try (OpenFile open = OpenFile.read(unsigned)) {
            return open.content()
                    .content(ContentOptions.of(DigestAlgorithm.SHA256))
                    .encoded()
                    .toByteArray();
        }
    }

    @Test
    void neverAcceptsATruncatedFile() throws IOException {
        trial.noticesTruncation(trial.signed(CATALOG));
    }

    @Test
    void refusesTheSignatureOfAnotherCatalog() throws IOException {
        trial.signed(TinyCatalog.of(new byte[7]));
        AuthenticodeSignature other = AuthenticodeSignature.parse(Files.readAllBytes(trial.file()));
        Files.write(trial.file(), CATALOG);

        assertRefused(Reason.ARGUMENT_INVALID, () -> SignatureWriter.replace(trial.file(), other));

        assertThat(trial.file()).hasBinaryContent(CATALOG);
    }

    @Test
    void refusesBytesBehindTheCatalog() throws IOException {
        Files.write(trial.file(), Arrays.copyOf(CATALOG, CATALOG.length + 1));

        assertRefused(Reason.DATA_INVALID, () -> Trial.SIGNER.signInPlace(trial.file()))
                .hasMessageContaining("catalog");
    }

    @Test
    void doesWithoutARestorationThatSomebodyReplaced() throws IOException {
        trial.signed(CATALOG);
        Octets foreign = new CatalogBytes(Octets.of(new byte[] {1}), Octets.of(new byte[0])).encoded();
        SignatureWriter.change(trial.file(), signature -> signature.withRestoration(foreign));

        SignatureWriter.remove(trial.file());

        assertThat(trial.file()).hasBinaryContent(CATALOG);
    }

    @Test
    void doesNotTakeOtherSignedDataForACatalog() throws IOException {
        Path file = Files.write(directory.resolve("other.cat"), new byte[] {0x30, 3, 2, 1, 1});

        assertThat(catchThrowable(() -> OpenFile.read(file))).isInstanceOf(UnrecognizedFormatException.class);
    }
}
