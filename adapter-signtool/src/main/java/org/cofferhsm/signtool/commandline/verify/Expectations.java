package org.cofferhsm.signtool.commandline.verify;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.UsageName;
import org.cofferhsm.signtool.commandline.console.CertificateLines;
import org.cofferhsm.signtool.verify.SignatureVerification;

/** What a command expects of good signatures besides being good: {@code /r /ca /sha1} must hold, {@code /tw /u} should. */
record Expectations(ParsedCommand command) {

    Expectations {
        command.values(Option.EXPECTED_USAGE).forEach(values -> UsageName.identifier(values.get(0)));
    }

    /** Which signatures count: {@code /all}, {@code /ds}, {@code /ms}, or the primary one. */
    List<SignatureVerification> chosen(List<SignatureVerification> all) {
        Optional<Integer> index = command.number(Option.SIGNATURE_AT, 0);
        if (index.isPresent()) {
            return all.stream().filter(one -> one.index() == index.get()).toList();
        }
        boolean every = command.has(Option.ALL_SIGNATURES) || command.has(Option.MULTIPLE_SEMANTICS);
        return every ? all : all.stream().limit(1).toList();
    }

    /** Why a good signature is not the one that was expected. */
    Optional<String> complaint(SignatureVerification one) {
        if (!matches(Option.SIGNER_THUMBPRINT, one.signature().signerCertificate().stream())) {
            return Optional.of("The signer's certificate does not match any of the specified hashes.");
        }
        if (!matches(Option.CHAIN_THUMBPRINT, one.chain().stream())) {
            return Optional.of("The certificate chain does not contain any of the specified certificates.");
        }
        Optional<String> root = command.value(Option.ROOT_SUBJECT);
        if (root.isPresent() && !hasRoot(one, root.get())) {
            return Optional.of("The root of the certificate chain does not match the specified name.");
        }
        return command.has(Option.REQUIRE_TIMESTAMP) && !one.isTimestamped()
                ? Optional.of("The file is not timestamped.")
                : Optional.empty();
    }

    private boolean matches(Option option, Stream<X509Certificate> certificates) {
        List<String> wanted = command.values(option).stream()
                .map(values -> values.get(0).replaceAll("[\\s:]", "").toUpperCase(Locale.ROOT))
                .toList();
        return wanted.isEmpty()
                || certificates.map(CertificateLines::thumbprint).anyMatch(wanted::contains);
    }

    private static boolean hasRoot(SignatureVerification one, String name) {
        return !one.chain().isEmpty()
                && CertificateLines.name(one.chain().get(0).getSubjectX500Principal())
                        .toLowerCase(Locale.ROOT)
                        .contains(name.toLowerCase(Locale.ROOT));
    }

    /** What is to be said of a signature that is good and expected. */
    List<String> warnings(SignatureVerification one, String file) {
        Stream<String> timestamp = command.has(Option.WARN_WITHOUT_TIMESTAMP) && !one.isTimestamped()
                ? Stream.of("File is not timestamped: " + file)
                : Stream.of();
        Stream<String> usage = command.values(Option.EXPECTED_USAGE).stream()
                .map(values -> values.get(0))
                .filter(name -> !isFor(one, UsageName.identifier(name)))
                .map(name -> "The signer does not possess the specified EKU: " + name);
        return Stream.concat(timestamp, usage).toList();
    }

    private static boolean isFor(SignatureVerification one, String usage) {
        return one.signature()
                .signerCertificate()
                .filter(certificate -> purposes(certificate).contains(usage))
                .isPresent();
    }

    private static List<String> purposes(X509Certificate certificate) {
        try {
            List<String> found = certificate.getExtendedKeyUsage();
            return found == null ? List.of() : found;
        } catch (CertificateParsingException e) {
            return List.of(); // good for nothing
        }
    }

    boolean printsPageHashes() {
        return command.has(Option.PAGE_HASHES);
    }

    boolean printsDescription() {
        return command.has(Option.PRINT_DESCRIPTION);
    }

    boolean isVerbose() {
        return command.has(Option.VERBOSE) || command.has(Option.DEBUG);
    }
}
