package org.cofferhsm.signtool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.stream.Stream;
import net.jsign.AuthenticodeSigner;
import net.jsign.Signable;
import org.cofferhsm.hsm.spi.OutsideProgram;

/**
 * Signing by programs that nobody here wrote.
 *
 * @param signer who signs
 * @param directory where the key is put for them
 */
public record Signers(TestSigner signer, Path directory) {

    /** Signs with osslsigncode, into another file. */
    public void osslsigncode(Path in, Path out, String... options) {
        Path chain = signer.writeChain(directory.resolve("chain.pem"));
        Path key = signer.writeKey(directory.resolve("key.pem"));
        Stream<String> identity = Stream.of("sign", "-certs", chain.toString(), "-key", key.toString());
        Stream<String> files = Stream.of("-in", in.toString(), "-out", out.toString());
        OutsideProgram.Finished finished = Osslsigncode.installed()
                .run(Stream.of(identity, Stream.of(options), files)
                        .flatMap(one -> one)
                        .toArray(String[]::new));
        assertThat(finished.status()).as(finished.text() + finished.messages()).isZero();
    }

    /** Signs with jsign, in place; what is not marked as Unicode is taken as jsign's own program takes it. */
    public void jsign(Path file, net.jsign.DigestAlgorithm digest, boolean nested) throws Exception {
        AuthenticodeSigner jsign = new AuthenticodeSigner(
                        signer.chain().toArray(Certificate[]::new), signer.privateKey())
                .withDigestAlgorithm(digest)
                .withProgramName("Example")
                .withSignaturesReplaced(!nested)
                .withTimestamping(false);
        try (Signable opened = Signable.of(file.toFile(), StandardCharsets.UTF_8)) {
            jsign.sign(opened);
        }
    }
}
