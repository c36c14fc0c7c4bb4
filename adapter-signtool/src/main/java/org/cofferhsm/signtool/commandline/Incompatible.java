package org.cofferhsm.signtool.commandline;

import static org.cofferhsm.signtool.commandline.Option.*;

import java.util.EnumSet;
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
            List.of(REQUEST, PKCS7),
            List.of(COMPLETE, PKCS7),
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

    /** What {@code /di} takes from the prepared signature, where the certificate is decided already. */
    private static final Set<Option> CERTIFICATE = EnumSet.of(
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

    /** What else was decided when a manifest was written. */
    private static final Set<Option> REQUESTED = EnumSet.of(
            CERTIFICATE_FILE,
            PROVIDER,
            KEY_CONTAINER,
            APPEND,
            DESCRIPTION,
            DESCRIPTION_URL,
            AUTHENTICATED_ATTRIBUTE,
            PAGE_HASHES);

    /** The ways to sign that do not look whether a file has a signature, and would sign it all the same. */
    private static final Set<Option> NEVER_SKIPPING =
            EnumSet.of(DIGEST_GENERATE, DIGEST_SIGN, DIGEST_INGEST, REQUEST, COMPLETE, PKCS7);

    /** What a manifest does not hold; {@code --complete} takes it. */
    private static final Set<Option> TIMESTAMPS = EnumSet.of(LEGACY_TIMESTAMP, RFC3161_TIMESTAMP);

    private Incompatible() {}

    /** Complains about the first thing that does not go together. */
    static void refuse(ParsedCommand command) {
        for (List<Option> pair : PAIRS) {
            if (command.has(pair.get(0)) && command.has(pair.get(1))) {
                throw together(pair.get(0), pair.get(1));
            }
        }
        refuse(command, DIGEST_INGEST, CERTIFICATE);
        refuse(command, COMPLETE, CERTIFICATE);
        refuse(command, COMPLETE, REQUESTED);
        refuse(command, REQUEST, TIMESTAMPS);
        refuse(command, SKIP_SIGNED, NEVER_SKIPPING);
        if (command.verb() == Verb.SIGN
                && command.has(REQUIRE_TIMESTAMP)
                && TIMESTAMPS.stream().noneMatch(command::has)) {
            throw new SignToolException("The --require-timestamp option requires the /t or /tr option.");
        }
        needs(command, DIGEST_XML, DIGEST_GENERATE);
        needs(command, PKCS7_CONTENT_TYPE, PKCS7);
        needs(command, PKCS7_ENCODING, PKCS7);
        needs(command, PKCS7_CONTENT, PKCS7_FILES);
    }

    private static void refuse(ParsedCommand command, Option option, Set<Option> others) {
        if (command.has(option)) {
            others.stream().filter(command::has).findFirst().ifPresent(other -> {
                throw together(option, other);
            });
        }
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
