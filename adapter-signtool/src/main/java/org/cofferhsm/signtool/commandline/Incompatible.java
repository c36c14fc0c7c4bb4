package org.cofferhsm.signtool.commandline;

import static org.cofferhsm.signtool.commandline.Option.*;

import java.util.List;
import java.util.Set;

/** Which options SignTool does not take together, or not without another. */
final class Incompatible {

    private static final List<List<Option>> PAIRS = List.of(
            List.of(LEGACY_TIMESTAMP, RFC3161_TIMESTAMP),
            List.of(PAGE_HASHES, NO_PAGE_HASHES),
            List.of(QUIET, VERBOSE),
            List.of(DIGEST_GENERATE, DIGEST_SIGN),
            List.of(DIGEST_GENERATE, DIGEST_INGEST),
            List.of(DIGEST_SIGN, DIGEST_INGEST),
            List.of(DIGEST_GENERATE, PKCS7),
            List.of(DIGEST_SIGN, PKCS7),
            List.of(DIGEST_INGEST, PKCS7),
            List.of(PKCS7, APPEND),
            List.of(REQUEST, COMPLETE),
            List.of(REQUEST, DIGEST_GENERATE),
            List.of(REQUEST, DIGEST_SIGN),
            List.of(REQUEST, DIGEST_INGEST),
            List.of(COMPLETE, DIGEST_GENERATE),
            List.of(COMPLETE, DIGEST_SIGN),
            List.of(COMPLETE, DIGEST_INGEST),
            List.of(ALL_SIGNATURES, SIGNATURE_AT),
            List.of(REMOVE_SIGNATURE, REMOVE_CERTIFICATES),
            List.of(REMOVE_SIGNATURE, REMOVE_UNAUTHENTICATED));

    /** What {@code /ingest} takes from the prepared signature, where the certificate is decided already. */
    private static final Set<Option> CERTIFICATE = Set.of(
            BEST_CERTIFICATE,
            ADDITIONAL_CERTIFICATE,
            TEMPLATE_NAME,
            ISSUER,
            SUBJECT,
            ROOT_SUBJECT,
            STORE,
            MACHINE_STORE,
            THUMBPRINT,
            USAGE,
            SYSTEM_COMPONENT_USAGE);

    private Incompatible() {}

    /** Complains about the first thing that does not go together. */
    static void refuse(ParsedCommand command) {
        for (List<Option> pair : PAIRS) {
            if (command.has(pair.get(0)) && command.has(pair.get(1))) {
                throw together(pair.get(0), pair.get(1));
            }
        }
        if (command.has(DIGEST_INGEST)) {
            CERTIFICATE.stream().filter(command::has).sorted().findFirst().ifPresent(option -> {
                throw together(DIGEST_INGEST, option);
            });
        }
        needs(command, DIGEST_XML, DIGEST_GENERATE);
        needs(command, PKCS7_CONTENT_TYPE, PKCS7);
        needs(command, PKCS7_ENCODING, PKCS7);
        needs(command, PKCS7_CONTENT, PKCS7_FILES);
    }

    private static void needs(ParsedCommand command, Option option, Option other) {
        if (command.has(option) && !command.has(other)) {
            throw new SignToolException(
                    "The " + option.spelling() + " option requires the " + other.spelling() + " option.");
        }
    }

    private static SignToolException together(Option one, Option other) {
        return new SignToolException(
                "The " + one.spelling() + " option is incompatible with the " + other.spelling() + " option.");
    }
}
