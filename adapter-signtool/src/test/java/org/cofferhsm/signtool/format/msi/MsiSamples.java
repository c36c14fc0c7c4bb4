package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.Source;
import org.cofferhsm.signtool.testing.TestSigner;

/** Databases signed in the way that programs of old do it. */
public final class MsiSamples {

    private MsiSamples() {}

    /** Signs a database's content without its names, sizes and times. */
    public static void signWithoutPreHash(TestSigner signer, Path file) throws IOException {
        SignatureWriter.replace(file, signature(signer, file));
    }

    private static AuthenticodeSignature signature(TestSigner signer, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            MsiFile plain = new MsiFile(CompoundFile.read(Source.of(file, channel)), false);
            PreparedSignature prepared = SignatureTemplate.of(
                            signer.chain().subList(0, signer.chain().size() - 1), DigestAlgorithm.SHA256)
                    .prepare(plain.content(ContentOptions.of(DigestAlgorithm.SHA256)));
            return prepared.complete(signer.sign(prepared));
        }
    }
}
