package org.cofferhsm.signtool.commandline.select;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.UsageName;
import org.cofferhsm.signtool.commandline.console.CertificateLines;

/** The filters that a command asks for, in SignTool's order. */
final class Filters {

    private static final String SYSTEM_COMPONENT = "1.3.6.1.4.1.311.10.3.6";
    private static final String ANY = "2.5.29.37.0";
    private static final String TEMPLATE_NAME = "1.3.6.1.4.1.311.20.2";

    /** What is compared with a value, in SignTool's order. */
    private static final List<Option> COMPARING =
            List.of(Option.THUMBPRINT, Option.SUBJECT, Option.ISSUER, Option.ROOT_SUBJECT, Option.TEMPLATE_NAME);

    private Filters() {}

    /** The EKU and expiry filters always; the others where there is something to compare with. */
    static List<Filter> of(ParsedCommand command, Instant now, boolean needsKey) {
        List<Filter> filters = new ArrayList<>();
        String usage = usage(command);
        filters.add(new Filter("EKU", one -> isFor(one.certificate(), usage)));
        filters.add(new Filter("expiry", one -> isValid(one.certificate(), now)));
        for (Option option : COMPARING) {
            if (command.has(option)) {
                filters.add(comparing(option, command.value(option).orElseThrow()));
            }
        }
        filters.add(new Filter("Private Key", holdsKey(command, needsKey)));
        return filters;
    }

    private static Filter comparing(Option option, String value) {
        return switch (option) {
            case THUMBPRINT -> hash(thumbprint(value));
            case SUBJECT ->
                new Filter("Subject Name", one -> contains(one.certificate().getSubjectX500Principal(), value));
            case ISSUER ->
                new Filter("Issuer Name", one -> contains(one.certificate().getIssuerX500Principal(), value));
            case ROOT_SUBJECT -> new Filter("Root Name", one -> hasRoot(one, value));
            case TEMPLATE_NAME -> new Filter("Template Name", one -> hasTemplate(one, value));
            default -> throw new IllegalArgumentException(option.spelling() + " is compared with nothing");
        };
    }

    private static Filter hash(String hash) {
        return new Filter(
                "Hash", one -> CertificateLines.thumbprint(one.certificate()).equals(hash));
    }

    private static String usage(ParsedCommand command) {
        return command.value(Option.USAGE)
                .map(UsageName::identifier)
                .orElse(command.has(Option.SYSTEM_COMPONENT_USAGE) ? SYSTEM_COMPONENT : UsageName.CODE_SIGNING);
    }

    /** {@code /u}; a certificate without any usage is good for all. */
    private static boolean isFor(X509Certificate certificate, String usage) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(usage) || purposes.contains(ANY);
        } catch (CertificateParsingException e) {
            return false; // such a certificate is good for nothing
        }
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private static String thumbprint(String text) {
        String hash = text.replaceAll("[\\s:\u200e]", "").toUpperCase(Locale.ROOT);
        if (!hash.matches("[0-9A-F]{40}")) {
            throw new SignToolException("The value of the /sha1 option is not valid: " + text);
        }
        return hash;
    }

    private static boolean contains(X500Principal principal, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return principal.getName().toLowerCase(Locale.ROOT).contains(wanted)
                || CertificateLines.name(principal).toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static boolean hasRoot(Candidate candidate, String name) {
        X509Certificate last = candidate.chain().get(candidate.chain().size() - 1);
        return contains(last.getIssuerX500Principal(), name);
    }

    /** The template's name as the CA put it into the certificate: a string, two bytes for each character. */
    private static boolean hasTemplate(Candidate candidate, String name) {
        byte[] extension = candidate.certificate().getExtensionValue(TEMPLATE_NAME);
        return extension != null && TemplateName.parse(extension).equalsIgnoreCase(name);
    }

    private static Predicate<Candidate> holdsKey(ParsedCommand command, boolean needsKey) {
        Optional<String> label = command.value(Option.KEY_CONTAINER);
        return one -> one.key()
                .map(key -> label.isEmpty() || key.alias().equals(label.get()))
                .orElse(!needsKey);
    }

    static HsmException unreadable(Exception cause) {
        return HsmException.dataInvalid("a certificate's extension is malformed: " + cause.getMessage())
                .causedBy(cause);
    }
}
