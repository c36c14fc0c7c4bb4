package org.cofferhsm.signtool.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.signtool.JarSigning;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.jar.JarSealing;
import org.cofferhsm.signtool.jar.JarSignature;
import org.cofferhsm.signtool.signing.ModuleKey;
import org.cofferhsm.signtool.signing.ModuleKeys;
import org.cofferhsm.signtool.timestamp.Rfc3161Source;
import org.cofferhsm.signtool.timestamp.TimestampException;

/** A JAR signed by two keys in the module and timestamped twice; jarsigner says whether it is good. */
record SignedJarFile(Path directory, JarSigning jarsigner) {

    StepFile file() {
        return new StepFile(directory.resolve("app-signed.jar"));
    }

    /** Makes the file. */
    void make(Session session, List<String> aliases) {
        Authority authority = new Authority(session);
        authority.certificate();
        file().make(part -> {
            SampleJar.write(new StepFile(part));
            authority.during(stamps -> {
                aliases.forEach(alias -> sign(part, new ModuleKeys(session).named(alias), stamps));
                return part;
            });
        });
    }

    private static void sign(Path jar, ModuleKey key, Rfc3161Source stamps) {
        JarSignature signature = new JarSignature(key, key.chain(), DigestAlgorithm.SHA256);
        try (JarSealing sealing = JarSealing.of(jar, signature)) {
            sealing.finish(Optional.of(stamps.token(sealing.signature().signatureValue())));
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot sign " + jar + ": " + e.getMessage())
                    .causedBy(e);
        } catch (TimestampException e) {
            throw HsmException.internal("no timestamp from the module's own authority: " + e.reason())
                    .causedBy(e);
        }
    }

    /** Whether the file of an earlier run is still good. */
    boolean isWhole(List<X509Certificate> signers, X509Certificate authority) {
        try {
            check(signers, authority);
            return true;
        } catch (HsmException e) {
            if (e.reason() == Reason.DATA_INVALID) {
                return false;
            }
            throw e;
        }
    }

    /** Complains about any signature or timestamp that is not good. */
    void check(List<X509Certificate> signers, X509Certificate authority) {
        List<X509Certificate> trusted = new ArrayList<>(signers);
        trusted.add(authority);
        jarsigner.verify(file().path(), trusted);
        if (SampleJar.stampedSigners(file().path()) != signers.size()) {
            throw HsmException.dataInvalid(file().path() + " does not have " + signers.size() + " timestamped signers");
        }
    }
}
