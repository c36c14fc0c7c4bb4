package org.cofferhsm.signtool.quickstart;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.QuickstartContext;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.JarSigning;
import org.cofferhsm.signtool.SigningKey;

/** Signs a JAR by an RSA key and an EC key, and an EXE; timestamps them; other programs verify them. All keys are in the module. */
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
        JarSigning jarsigner = JarSigning.with(context.environment());
        SignedJarFile jar = new SignedJarFile(context.directory(), jarsigner);
        List<X509Certificate> signers = context.withSession(SigntoolQuickstart::certificates);
        X509Certificate authority = context.withSession(session -> new Authority(session).certificate());
        String done = "JAR of an earlier run verified";
        if (!jar.file().exists() || !jar.isWhole(signers, authority)) {
            done = jar.file().exists()
                    ? "damaged or expired JAR of an earlier run signed anew"
                    : "JAR signed by RSA-3072 and P-256 keys";
            context.withSession(session -> {
                jar.make(session, List.of(RSA_ALIAS, EC_ALIAS));
                return jar;
            });
            jar.check(signers, authority);
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
                done + "; EXE signed; both timestamped",
                checkedBy,
                "jarsigner -verify -verbose -certs " + jar.file().quoted());
    }

    private static List<X509Certificate> certificates(Session session) {
        CodeSigningKeys keys = new CodeSigningKeys(session);
        X500Principal name = new X500Principal("CN=Coffer Quickstart, O=Example");
        return List.of(
                keys.findOrCreate(RSA_ALIAS, SigningKey.RSA_3072, name),
                keys.findOrCreate(EC_ALIAS, SigningKey.P256, name));
    }
}
