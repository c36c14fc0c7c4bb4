package org.cofferhsm.signtool;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodeSigningKeysTest {
    private static final X500Principal NAME = new X500Principal("CN=Example Releases");

    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private Session session;
    private CodeSigningKeys keys;

    @BeforeEach
    void login() {
        session = MODULE.login();
        keys = new CodeSigningKeys(session);
    }

    @ParameterizedTest
    @EnumSource
    void makesAKeyAndACertificateForCodeSigning(SigningKey kind) throws Exception {
        X509Certificate certificate = keys.findOrCreate("release", kind, NAME);

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.3");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getSubjectX500Principal()).isEqualTo(NAME);
        assertThat(session.describe(session.find("release")
                                .of(ObjectClass.PRIVATE_KEY)
                                .one())
                        .attributes()
                        .is(Attribute.NEVER_EXTRACTABLE))
                .isTrue();
    }

    @Test
    void findsWhatItMade() {
        X509Certificate made = keys.findOrCreate("release", SigningKey.P256, NAME);

        assertThat(new CodeSigningKeys(session).findOrCreate("release", SigningKey.P256, NAME))
                .isEqualTo(made);
    }

    @Test
    void certifiesAKeyThatWasLeftWithoutACertificate() throws Exception {
        session.generate(KeyPairTemplate.ec(Curve.P256).labelled("release").allowing(Usage.SIGN, Usage.VERIFY));

        X509Certificate certificate = keys.findOrCreate("release", SigningKey.P256, NAME);

        certificate.verify(certificate.getPublicKey());
        assertThat(session.find("release").of(ObjectClass.PRIVATE_KEY).ids()).hasSize(1);
    }

    @Test
    void renewsItsOwnCertificateForTheSameKeyOnceItHasEnded() {
        X509Certificate made = keys.findOrCreate("release", SigningKey.P256, NAME);
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3 * 365 + 1));
        CodeSigningKeys keysLater = new CodeSigningKeys(session, later);

        X509Certificate renewed = keysLater.findOrCreate("release", SigningKey.P256, NAME);

        assertThat(renewed).isNotEqualTo(made);
        assertThat(renewed.getPublicKey()).isEqualTo(made.getPublicKey());
        assertThat(renewed.getNotAfter()).isAfter(Date.from(later.instant()));
        assertThat(keysLater.findOrCreate("release", SigningKey.P256, NAME)).isEqualTo(renewed);
    }

    @Test
    void keepsUsersApart() {
        X509Certificate own = keys.findOrCreate("release", SigningKey.P256, NAME);

        try (Session other = MODULE.login()) {
            assertThat(new CodeSigningKeys(other).findOrCreate("release", SigningKey.P256, NAME))
                    .isNotEqualTo(own);
        }
        assertThat(keys.findOrCreate("release", SigningKey.P256, NAME)).isEqualTo(own);
    }
}
