package org.cofferhsm.signtool.format.appx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.format.Source;

/** What a package's block map says of itself: the hash function that it uses, which the signature must use too. */
final class BlockMap {

    private static final Pattern ROOT =
            Pattern.compile("<(?:\\w+:)?BlockMap\\s[^<>]*?\\bHashMethod\\s*=\\s*([\"'])([^\"'<>]*)\\1");
    private static final int HEAD_BYTES = 1 << 14;

    private BlockMap() {}

    static DigestAlgorithm hashMethod(Source source, ZipDirectory directory) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        ZipMember.of(source, directory, PackageFile.BLOCK_MAP)
                .pass(piece -> head.put(piece.limit(piece.position() + Math.min(piece.remaining(), head.remaining()))));
        Matcher root = ROOT.matcher(new String(head.array(), 0, head.position(), StandardCharsets.UTF_8));
        if (!root.find()) {
            throw HsmException.dataInvalid("the block map of " + source.path() + " names no HashMethod");
        }
        return algorithm(root.group(2));
    }

    /** By the identifiers of XML Encryption and XML Signature. */
    private static DigestAlgorithm algorithm(String uri) {
        return switch (uri.toLowerCase(Locale.ROOT)) {
            case "http://www.w3.org/2001/04/xmlenc#sha256" -> DigestAlgorithm.SHA256;
            case "http://www.w3.org/2001/04/xmldsig-more#sha384" -> DigestAlgorithm.SHA384;
            case "http://www.w3.org/2001/04/xmlenc#sha512" -> DigestAlgorithm.SHA512;
            default -> throw HsmException.dataInvalid("the package's block map has an unknown HashMethod: " + uri);
        };
    }
}
