package org.cofferhsm.signtool.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.QuickstartContext;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.JarSigning;
import org.cofferhsm.signtool.SigningKey;

/** Signs a JAR by an RSA key and an EC key and a timestamped DLL, all keys in the module; other programs verify them. */
public final class SigntoolQuickstart implements QuickstartStep {

    // jarsigner names signature files by an alias's first eight characters, so they must differ there.
    private static final String RSA_ALIAS = "rsa-release";
    private static final String EC_ALIAS = "ec-release";

    @Override
    public int order() {
        return 4;
    }

    @Override
    public String product() {
        return "SignTool";
    }

    @Override
    public String userName() {
        return "signtool";
    }

    @Override
    public Outcome run(QuickstartContext context) {
        StepFile signed = new StepFile(context.directory().resolve("app-signed.jar"));
        JarSigning jarsigner = JarSigning.with(context.environment());
        List<X509Certificate> trusted = context.withSession(SigntoolQuickstart::certificates);
        String done = "JAR of an earlier run verified";
        if (!signed.exists() || !isWhole(jarsigner, signed.path(), trusted)) {
            done = signed.exists()
                    ? "damaged or expired JAR of an earlier run signed anew"
                    : "JAR signed by RSA-3072 and P-256 keys";
            sign(jarsigner, context.directory(), signed);
            check(jarsigner, signed.path(), trusted);
        }
        SignedProgram program = new SignedProgram(context.directory());
        context.withSession(session -> {
            program.make(session, RSA_ALIAS);
            return program;
        });
        String checkedBy = program.checkElsewhere()
                .map(other -> jarsigner.name() + ", " + other)
                .orElse(jarsigner.name());
        return new Outcome(
                done + "; DLL signed and timestamped",
                checkedBy,
                "jarsigner -verify -verbose -certs " + signed.quoted());
    }

    private static List<X509Certificate> certificates(Session session) {
        CodeSigningKeys keys = new CodeSigningKeys(session);
        X500Principal name = new X500Principal("CN=Coffer Quickstart, O=Example");
        return List.of(
                keys.findOrCreate(RSA_ALIAS, SigningKey.RSA_3072, name),
                keys.findOrCreate(EC_ALIAS, SigningKey.P256, name));
    }

    private static boolean isWhole(JarSigning jarsigner, Path signed, List<X509Certificate> trusted) {
        try {
            check(jarsigner, signed, trusted);
            return true;
        } catch (HsmException e) {
            if (e.reason() == Reason.DATA_INVALID) {
                return false;
            }
            throw e;
        }
    }

    private static void check(JarSigning jarsigner, Path signed, List<X509Certificate> trusted) {
        jarsigner.verify(signed, trusted);
        if (SampleJar.signers(signed) != 2) {
            throw HsmException.dataInvalid(signed + " does not have two signers");
        }
    }

    private static void sign(JarSigning jarsigner, Path directory, StepFile signed) {
        StepFile jar = new StepFile(directory.resolve("app.jar"));
        StepFile once = new StepFile(directory.resolve("app-signed-once.jar"));
        SampleJar.write(jar);
        once.make(part -> jarsigner.sign(jar.path(), part, RSA_ALIAS));
        signed.make(part -> jarsigner.sign(once.path(), part, EC_ALIAS));
        try {
            Files.delete(once.path());
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot delete " + once.path() + ": " + e.getMessage())
                    .causedBy(e);
        }
    }
}
