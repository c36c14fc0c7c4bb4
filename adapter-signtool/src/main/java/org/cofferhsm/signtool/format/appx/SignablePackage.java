package org.cofferhsm.signtool.format.appx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.Source;

/**
 * What a signature over a package speaks of: the package without the signature, but with content types that name it.
 *
 * @param original the package's directory as it stands
 * @param body what is hashed and written
 * @param contentTypes the content types that it has
 */
record SignablePackage(ZipDirectory original, PackageBody body, ContentTypes contentTypes) {

    /** What a new signature will speak of. */
    static SignablePackage of(Source source, ZipDirectory directory) throws IOException {
        SignablePackage present = signed(source, directory);
        if (present.contentTypes.nameSignature()) {
            return present;
        }
        ContentTypes changed = present.contentTypes.withSignature();
        return new SignablePackage(directory, present.body.withContentTypes(changed.toStored()), changed);
    }

    /** What the signature that is there must speak of: the content types as they stand, naming it or not. */
    static SignablePackage signed(Source source, ZipDirectory directory) throws IOException {
        PackageBody body = PackageBody.of(source, directory).withDisks(0);
        ContentTypes types = ContentTypes.of(
                ZipMember.of(source, directory, PackageFile.CONTENT_TYPES).content());
        return new SignablePackage(directory, body, types);
    }

    /** Whether signing changes the package's content types. */
    boolean replacesContentTypes() {
        return body.inserted().hasRemaining();
    }

    /** The digests of its parts, each behind a mark of its own. */
    Octets digest(DigestAlgorithm algorithm) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(mark("APPX"));
        MessageDigest files = algorithm.start();
        body.pass(files::update);
        add(block, "AXPC", files.digest());
        add(block, "AXCD", algorithm.digest(body.directoryBytes()));
        add(block, "AXCT", algorithm.digest(contentTypes.toStored().content()));
        add(block, "AXBM", digest(algorithm, PackageFile.BLOCK_MAP));
        if (original.find(PackageFile.CODE_INTEGRITY).isPresent()) {
            add(block, "AXCI", digest(algorithm, PackageFile.CODE_INTEGRITY));
        }
        return Octets.of(block.toByteArray());
    }

    private byte[] digest(DigestAlgorithm algorithm, PackageFile file) throws IOException {
        MessageDigest digest = algorithm.start();
        ZipMember.of(body.source(), original, file).pass(digest::update);
        return digest.digest();
    }

    private static void add(ByteArrayOutputStream block, String mark, byte[] digest) {
        block.writeBytes(mark(mark));
        block.writeBytes(digest);
    }

    private static byte[] mark(String mark) {
        return mark.getBytes(StandardCharsets.US_ASCII);
    }
}
