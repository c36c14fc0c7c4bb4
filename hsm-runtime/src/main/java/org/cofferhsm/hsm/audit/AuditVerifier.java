package org.cofferhsm.hsm.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * Verifies a whole log, or a copy of one, off-line: each record, each checkpoint's signature, each segment, the head.
 *
 * <p>Without the module's MAC key the chain and the signatures speak for the log, so what follows the last checkpoint
 * could be new-made; without a public key known from elsewhere all of it could be.
 */
public final class AuditVerifier {

    private final Optional<AuditKeys> keys;
    private final Optional<Octets> publicKey;

    private AuditVerifier(Optional<AuditKeys> keys, Optional<Octets> publicKey) {
        this.keys = keys;
        this.publicKey = publicKey;
    }

    /** With the module's own keys. */
    public static AuditVerifier of(AuditKeys keys) {
        return new AuditVerifier(Optional.of(keys), Optional.of(Octets.of(keys.publicKey())));
    }

    /** By the module's public key (X.509 SubjectPublicKeyInfo) as the caller knows it. */
    public static AuditVerifier trusting(byte[] publicKey) {
        return new AuditVerifier(Optional.empty(), Optional.of(Octets.of(publicKey)));
    }

    /** By the public key that the log itself names: tells whether it is whole, not whose it is. */
    public static AuditVerifier trustingTheLog() {
        return new AuditVerifier(Optional.empty(), Optional.empty());
    }

    /** Verifies the log; whatever its files hold, the answer is a report. */
    public AuditReport verify(Path directory) {
        try {
            return new Verification(new LogDirectory(directory), keys, publicKey).run();
        } catch (IOException e) {
            throw HsmException.auditUnavailable("the audit log in " + directory + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        }
    }
}
