package org.cofferhsm.signtool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.junit.jupiter.api.Test;

class ChainSearchTest {
    private static final KeyPair PAIR = TestCertificate.ec("secp256r1");
    private static final TestSigner ROOT = TestSigner.root("Example Root", PAIR);

    @Test
    void tellsNamesakesApartByTheirKeys() {
        TestSigner namesake = TestSigner.root("Example Root", TestCertificate.ec("secp256r1"));
        X509Certificate leaf = ROOT.issueForCode(PAIR).certificate();

        ChainSearch search = new ChainSearch(Set.of(namesake.certificate(), ROOT.certificate()), List.of());

        assertThat(search.from(leaf)).containsExactly(List.of(leaf, ROOT.certificate()));
    }

    @Test
    void findsEveryWayToATrustedCertificate() {
        KeyPair pair = TestCertificate.ec("secp256r1");
        TestCertificate issuer = TestCertificate.of("Example Issuer", pair.getPublic());
        TestSigner other = TestSigner.root("Another Root", TestCertificate.ec("secp256r1"));
        TestSigner crossed = other.issue(pair.getPrivate(), issuer);
        TestSigner direct = ROOT.issue(pair.getPrivate(), issuer);
        X509Certificate leaf = direct.issueForCode(PAIR).certificate();

        ChainSearch search = new ChainSearch(
                Set.of(ROOT.certificate(), other.certificate()), List.of(crossed.certificate(), direct.certificate()));

        assertThat(search.from(leaf))
                .containsExactlyInAnyOrder(
                        List.of(leaf, crossed.certificate(), other.certificate()),
                        List.of(leaf, direct.certificate(), ROOT.certificate()));
    }

    /** Forty certificates of one name and one key, each of which could have issued each: 40! ways to nowhere. */
    @Test
    void endsInATangleOfCertificates() {
        List<X509Certificate> tangle = Stream.generate(() -> TestSigner.root("Example Root", PAIR))
                .limit(40)
                .map(TestSigner::certificate)
                .toList();
        X509Certificate leaf = ROOT.issueForCode(PAIR).certificate();
        ChainSearch search = new ChainSearch(Set.of(), tangle);

        assertThat(search.from(leaf)).isEmpty();
        assertThat(search.longest(leaf)).hasSizeLessThanOrEqualTo(10);
    }
}
