package org.cofferhsm.signtool.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.SigningKey;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TinyPe;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModuleKeyTest {
    private static final X500Principal NAME = new X500Principal("CN=Example Releases");

    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    @TempDir
    private Path directory;

    private Session session;
    private Path file;

    @BeforeEach
    void login() throws Exception {
        session = MODULE.login();
        file = TinyPe.withOverlay(3).write(directory.resolve("tiny.exe"));
    }

    private ModuleKey key(SigningKey kind) {
        new CodeSigningKeys(session).findOrCreate("release", kind, NAME);
        return new ModuleKeys(session).named("release");
    }

    private PreparedSignature prepare(ModuleKey key, DigestAlgorithm digest) throws Exception {
        try (OpenFile open = OpenFile.read(file)) {
            return SignatureTemplate.of(key.chain(), digest)
                    .prepare(open.content().content(ContentOptions.of(digest)));
        }
    }

    private boolean passes(ModuleKey key) throws Exception {
        return new Verifier(VerificationPolicy.trusting(Set.of(key.certificate()), Instant.now()))
                .verify(file)
                .passed();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_3072,SHA1",
        "P256,SHA1",
        "RSA_3072,SHA256",
        "RSA_3072,SHA384",
        "RSA_3072,SHA512",
        "P256,SHA256",
        "P256,SHA384",
        "P256,SHA512"
    })
    void signsByAKeyThatStaysInTheModule(SigningKey kind, DigestAlgorithm digest) throws Exception {
        ModuleKey key = key(kind);
        PreparedSignature prepared = prepare(key, digest);

        SignatureWriter.replace(file, prepared.complete(key.sign(prepared)));

        assertThat(passes(key)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void signsADigestThatWasPreparedElsewhere(SigningKey kind) throws Exception {
        ModuleKey key = key(kind);
        PreparedSignature prepared = prepare(key, DigestAlgorithm.SHA256);
        byte[] carried = prepared.encoded();
        byte[] value = key.signDigest(DigestAlgorithm.SHA256, prepared.digestToBeSigned());

        AuthenticodeSignature signature = PreparedSignature.parse(carried).complete(value);
        SignatureWriter.replace(file, signature);

        assertThat(passes(key)).isTrue();
    }

    @Test
    void refusesAValueThatAnotherKeyMade() throws Exception {
        ModuleKey key = key(SigningKey.P256);
        PreparedSignature prepared = prepare(key, DigestAlgorithm.SHA256);
        byte[] other = key.signDigest(DigestAlgorithm.SHA256, new byte[32]);
        byte[] before = Files.readAllBytes(file);

        assertRefused(Reason.DATA_INVALID, () -> prepared.complete(other)).hasMessageContaining("Example Releases");
        assertRefused(Reason.DATA_INVALID, () -> prepared.complete(new byte[0]));

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void refusesWhatIsNoPreparedSignature() throws Exception {
        ModuleKey key = key(SigningKey.P256);
        PreparedSignature prepared = prepare(key, DigestAlgorithm.SHA256);
        byte[] finished = prepared.complete(key.sign(prepared)).encoded();

        assertRefused(Reason.DATA_INVALID, () -> PreparedSignature.parse(finished));
    }

    @Test
    void listsTheKeysThatHaveACertificate() {
        key(SigningKey.P256);
        session.generate(KeyPairTemplate.ec(Curve.P256).labelled("bare").allowing(Usage.SIGN, Usage.VERIFY));

        assertThat(new ModuleKeys(session).list()).extracting(ModuleKey::alias).containsExactly("release");
        assertRefused(Reason.KEY_NOT_FOUND, () -> new ModuleKeys(session).named("bare"))
                .hasMessageContaining("bare");
        assertRefused(Reason.KEY_NOT_FOUND, () -> new ModuleKeys(session).named("nobody"));
    }
}
