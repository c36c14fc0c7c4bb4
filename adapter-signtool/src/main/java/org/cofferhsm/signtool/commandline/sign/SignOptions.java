package org.cofferhsm.signtool.commandline.sign;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.authenticode.SpcOpusInfo;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.select.Candidate;
import org.cofferhsm.signtool.commandline.select.CertificateFile;
import org.cofferhsm.signtool.commandline.stamp.DigestNames;
import org.cofferhsm.signtool.format.ContentOptions;

/** What a command says about the signatures to be made. */
record SignOptions(ParsedCommand command, Surroundings surroundings) {

    private static final String PAGE_HASHES = "SIGNTOOL_PAGE_HASHES";
    private static final String NO_DIGEST =
            "No file digest algorithm specified. Please specify the digest algorithm with the /fd flag. Using /fd SHA256"
                    + " is recommended and more secure than SHA1. Calling signtool with /fd sha1 is equivalent to the"
                    + " previous behavior. In order to select the hash algorithm used in the signing certificate's"
                    + " signature, use the /fd certHash option.";

    /** Complains about what is missing or wrong before the certificate is known. */
    void check() {
        if (!command.has(Option.FILE_DIGEST)) {
            throw new SignToolException(NO_DIGEST);
        }
        Set<String> taken = new HashSet<>(SignatureTemplate.OWN_ATTRIBUTES);
        for (List<String> attribute : command.values(Option.AUTHENTICATED_ATTRIBUTE)) {
            String oid = attribute.get(0);
            if (!isIdentifier(oid)) {
                throw new SignToolException("The value of the /sa option is not valid: " + oid);
            }
            if (!taken.add(oid)) {
                throw new SignToolException("The signature has the attribute of the /sa option already: " + oid);
            }
        }
    }

    /** However it is signed, there is nothing that a password would open. */
    void refusePassword() {
        if (command.has(Option.PASSWORD)) {
            throw new SignToolException(
                    "The /p option is for PFX files, which hold private keys; here keys live in the module.");
        }
    }

    /** Whether this is an object identifier (X.660). */
    static boolean isIdentifier(String text) {
        return text.matches("[0-2](\\.(0|[1-9][0-9]*))+") && ASN1ObjectIdentifier.tryFromID(text) != null;
    }

    /** {@code /fd}. */
    DigestAlgorithm digest(X509Certificate signer) {
        String name = command.value(Option.FILE_DIGEST).orElseThrow(() -> new SignToolException(NO_DIGEST));
        return DigestNames.of("/fd", name, Optional.of(signer));
    }

    /** {@code /ph}, {@code /nph}, or what the environment says. */
    ContentOptions content(X509Certificate signer) {
        ContentOptions plain = ContentOptions.of(digest(signer)).by(signer.getSubjectX500Principal());
        boolean wanted = command.has(Option.PAGE_HASHES)
                || !command.has(Option.NO_PAGE_HASHES) && surroundings.isSet(PAGE_HASHES);
        return wanted ? plain.withPageHashes() : plain;
    }

    /** Everything of the signature that does not depend on the file. */
    SignatureTemplate template(Candidate signer) {
        Set<X509Certificate> chain = withoutRoot(signer.chain());
        for (List<String> name : command.values(Option.ADDITIONAL_CERTIFICATE)) {
            chain.addAll(CertificateFile.read(surroundings.lines().path(name.get(0))));
        }
        SignatureTemplate template = SignatureTemplate.of(List.copyOf(chain), digest(signer.certificate()))
                .describedBy(new SpcOpusInfo(command.value(Option.DESCRIPTION), command.value(Option.DESCRIPTION_URL)));
        for (List<String> attribute : command.values(Option.AUTHENTICATED_ATTRIBUTE)) {
            template = template.stating(attribute.get(0), attribute.get(1));
        }
        return template;
    }

    /** Who verifies has the root, or does not trust it. */
    private static Set<X509Certificate> withoutRoot(List<X509Certificate> chain) {
        Set<X509Certificate> rest = new LinkedHashSet<>();
        for (X509Certificate one : chain) {
            if (rest.isEmpty() || !one.getSubjectX500Principal().equals(one.getIssuerX500Principal())) {
                rest.add(one);
            }
        }
        return rest;
    }

    /** {@code /fdchw} and {@code /tdchw}: what is said when hash functions differ. */
    Optional<String> differenceWarning(X509Certificate signer) {
        Optional<DigestAlgorithm> own = DigestNames.ofCertificate(signer);
        boolean file = command.has(Option.WARN_FILE_DIGEST) && !own.equals(Optional.of(digest(signer)));
        boolean stamp = command.has(Option.WARN_TIMESTAMP_DIGEST)
                && !own.equals(command.value(Option.TIMESTAMP_DIGEST)
                        .map(name -> DigestNames.of("/td", name, Optional.of(signer))));
        if (file) {
            return Optional.of("The file digest algorithm and the certificate's signature hash algorithm differ.");
        }
        return stamp
                ? Optional.of("The timestamp digest algorithm and the certificate's signature hash algorithm differ.")
                : Optional.empty();
    }
}
