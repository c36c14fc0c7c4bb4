package org.cofferhsm.signtool.commandline.sign;

import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.commandline.console.CertificateLines;
import org.cofferhsm.signtool.commandline.console.Failure;
import org.cofferhsm.signtool.commandline.history.FileDigest;
import org.cofferhsm.signtool.commandline.history.SigningNote;
import org.cofferhsm.signtool.signing.ModuleKey;

/** Tells the audit log what became of one file; belongs to one thread. */
final class Journal {

    private final ModuleKey key;
    private final String file;
    private String digest = SigningNote.UNKNOWN;
    private String sha256 = SigningNote.UNKNOWN;

    Journal(ModuleKey key, String file) {
        this.key = key;
        this.file = file;
    }

    void prepared(PreparedFile found) {
        digest = found.digest();
        sha256 = found.sha256();
    }

    /** For formats whose signatures do not name the file by one digest. */
    void whole(String fileSha256) {
        sha256 = fileSha256;
    }

    /** The signature is released only when this is written. */
    void signed(AuthenticodeSignature signature) {
        note("signed", FileDigest.ofValue(signature.signatureValue()));
    }

    void refused(Exception cause) {
        note("refused:" + Failure.reason(cause), SigningNote.UNKNOWN);
    }

    private void note(String outcome, String value) {
        new SigningNote(
                        outcome,
                        digest,
                        sha256,
                        value,
                        key.id() + "/" + key.alias(),
                        CertificateLines.thumbprint(key.certificate()),
                        file)
                .write(key.session());
    }
}
