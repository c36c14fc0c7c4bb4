package org.cofferhsm.signtool.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.format.SignableFile;

/**
 * Changes the signatures of files, each in one safe step ({@link SafeReplacement}). Before the new file takes the old
 * one's place it is read back, and every signature that was put in must describe it.
 */
public final class SignatureWriter {

    private SignatureWriter() {}

    /** Signs: the signature takes the place of all that the file has. */
    public static void replace(Path file, AuthenticodeSignature signature) throws IOException {
        edit(file, (content, old) -> List.of(withRestoration(content, signature)));
    }

    /** Signs once more ({@code /as}): nested in the file's signature; an unsigned file gets it as its first. */
    public static void append(Path file, AuthenticodeSignature signature) throws IOException {
        edit(
                file,
                (content, old) -> old.isEmpty()
                        ? List.of(withRestoration(content, signature))
                        : Stream.concat(
                                        Stream.of(old.get(0).withNested(signature)),
                                        old.stream().skip(1))
                                .toList());
    }

    /**
     * Changes the primary signature without signing anew: timestamps, {@code remove /c /u}. A nested one is changed
     * through {@link AuthenticodeSignature#withAllNested}.
     */
    public static void change(Path file, UnaryOperator<AuthenticodeSignature> change) throws IOException {
        edit(file, (content, old) -> {
            requireSigned(file, old);
            return Stream.concat(
                            Stream.of(change.apply(old.get(0))), old.stream().skip(1))
                    .toList();
        });
    }

    /** Removes all signatures ({@code remove /s}). */
    public static void remove(Path file) throws IOException {
        SafeReplacement replacement = SafeReplacement.of(file);
        try (OpenFile open = OpenFile.read(file)) {
            SignableFile content = open.content();
            requireSigned(file, content.signatures());
            replacement.by(content::writeUnsigned, written -> requireUnsigned(written, open));
        }
    }

    private static void requireSigned(Path file, List<?> signatures) {
        if (signatures.isEmpty()) {
            throw HsmException.argumentInvalid(file + " is not signed");
        }
    }

    private static void requireUnsigned(Path written, OpenFile original) throws IOException {
        try (OpenFile unsigned = OpenFile.read(written, original.source().path())) {
            if (!unsigned.content().signatures().isEmpty()) {
                throw HsmException.internal(original.source().path() + " would still be signed; it was left alone");
            }
        }
    }

    /** What the file's signatures shall be. */
    @FunctionalInterface
    private interface Edit {
        List<AuthenticodeSignature> of(SignableFile content, List<AuthenticodeSignature> old) throws IOException;
    }

    private static void edit(Path file, Edit edit) throws IOException {
        SafeReplacement replacement = SafeReplacement.of(file);
        try (OpenFile open = OpenFile.read(file)) {
            SignableFile content = open.content();
            List<AuthenticodeSignature> signatures = edit.of(content, parsed(content));
            List<Octets> encoded = new ArrayList<>();
            for (AuthenticodeSignature signature : signatures) {
                encoded.add(Octets.of(signature.encoded()));
            }
            replacement.by(
                    target -> content.writeSigned(encoded, target), written -> requireSound(written, encoded, open));
        }
    }

    private static List<AuthenticodeSignature> parsed(SignableFile content) throws IOException {
        List<AuthenticodeSignature> parsed = new ArrayList<>();
        for (Octets encoded : content.signatures()) {
            parsed.add(AuthenticodeSignature.parse(encoded.toByteArray()));
        }
        return parsed;
    }

    private static AuthenticodeSignature withRestoration(SignableFile content, AuthenticodeSignature signature)
            throws IOException {
        return content.restoration().map(signature::withRestoration).orElse(signature);
    }

    private static void requireSound(Path written, List<Octets> expected, OpenFile original) throws IOException {
        try (OpenFile signed = OpenFile.read(written, original.source().path())) {
            SignableFile content = signed.content();
            if (!content.signatures().equals(expected) || !describes(parsed(content), content)) {
                throw HsmException.dataInvalid(original.source().path()
                        + " is not what the signature describes; it was left alone. Was it changed after the"
                        + " signature was prepared?");
            }
        }
    }

    private static boolean describes(List<AuthenticodeSignature> signatures, SignableFile content) throws IOException {
        for (AuthenticodeSignature signature : signatures) {
            if (!content.check(signature.content()).passed() || !describes(signature.nested(), content)) {
                return false;
            }
        }
        return true;
    }
}
