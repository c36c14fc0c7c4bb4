package org.cofferhsm.signtool.jar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.file.SafeReplacement;

/**
 * Puts a signature into a JAR in one safe step: signed beside the file, timestamped, read back, then renamed.
 */
public final class JarSealing implements AutoCloseable {

    private final Path file;
    private final JarSignature signature;
    private final String block;
    private final SafeReplacement replacement;
    private final Path signed;

    private JarSealing(Path file, JarSignature signature, String block) throws IOException {
        this.file = file;
        this.signature = signature;
        this.block = block;
        this.replacement = SafeReplacement.of(file);
        this.signed =
                Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName() + ".", ".coffer-new");
    }

    /** Makes the signature; the file is not changed yet. */
    public static JarSealing of(Path file, JarSignature signature) throws IOException {
        new JarStructure(file).requireClear();
        String name = SignerName.of(file, signature.key());
        JarSealing sealing = new JarSealing(file, signature, signature.block(name));
        try (OutputStream out = Files.newOutputStream(sealing.signed)) {
            signature.write(file, name, out);
            return sealing;
        } catch (IOException | RuntimeException e) {
            sealing.close();
            throw e;
        }
    }

    /** The signature that was made; its value is what a timestamp is about. */
    public AuthenticodeSignature signature() throws IOException {
        return new SignedJar(signed).signature(block);
    }

    /** Lets the signed JAR take the place of the other one. */
    public void finish(Optional<Octets> token) throws IOException {
        replacement.by(target -> write(token, target), this::requireSound);
    }

    private void write(Optional<Octets> token, FileChannel target) throws IOException {
        OutputStream out = Channels.newOutputStream(target);
        if (token.isPresent()) {
            new SignedJar(signed).writeStamped(block, token.get(), out);
        } else {
            Files.copy(signed, out);
        }
    }

    private void requireSound(Path written) throws IOException {
        JarCoverage coverage = JarCoverage.of(written);
        coverage.altered().ifPresent(problem -> {
            throw HsmException.dataInvalid(
                    file + " was left alone, as one of its signatures would not verify any more (" + problem
                            + "); a JAR's signatures must all be made with the same /fd");
        });
        coverage.notSignedBy(Optional.of(signature.key().certificate())).ifPresent(problem -> {
            throw HsmException.dataInvalid(file + " was left alone, as it would not be signed as a whole: " + problem);
        });
    }

    /** Without {@link #finish} the JAR is as it was. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(signed);
    }
}
