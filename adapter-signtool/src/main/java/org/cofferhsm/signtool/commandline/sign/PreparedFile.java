package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Path;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.commandline.history.FileDigest;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.format.ContentOptions;

/**
 * A file's signature before it has a value.
 *
 * @param sha256 of the whole file as it was
 * @param digest the digest that the signature names, with its hash function
 */
record PreparedFile(PreparedSignature signature, String sha256, String digest, long size) {

    static PreparedFile of(Path file, SignatureTemplate template, ContentOptions options) throws IOException {
        try (OpenFile open = JarNotice.open(file)) {
            PreparedSignature prepared = template.prepare(open.content().content(options));
            return new PreparedFile(
                    prepared,
                    FileDigest.sha256(open.source()),
                    FileDigest.of(prepared.content()),
                    open.source().size());
        }
    }
}
