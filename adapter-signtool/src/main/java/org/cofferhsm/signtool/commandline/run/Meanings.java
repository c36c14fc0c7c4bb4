package org.cofferhsm.signtool.commandline.run;

import org.cofferhsm.signtool.commandline.Option;

/** What each option does, in one line. */
final class Meanings {

    private Meanings() {}

    static String of(Option option) {
        return switch (option) {
            case QUIET -> "no output on success, little on failure";
            case VERBOSE -> "more output";
            case DEBUG -> "even more: which certificates were considered, and what each filter left";
            case BEST_CERTIFICATE -> "of several fitting certificates take the one that is valid longest";
            case ADDITIONAL_CERTIFICATE -> "add the certificates of a file to the signature";
            case TEMPLATE_NAME -> "the certificate's template name";
            case CERTIFICATE_FILE -> "the certificate is in a file; its key in the module is found by itself";
            case ISSUER -> "the issuer's name, or a part of it";
            case SUBJECT -> "the subject's name, or a part of it";
            case PASSWORD -> "a PFX password; refused, for keys are in the module";
            case ROOT_SUBJECT -> "the name of the chain's root, or a part of it";
            case STORE -> "the certificate store; the user's keys in the module are the only one (MY)";
            case MACHINE_STORE -> "the machine's store; the same as the user's";
            case THUMBPRINT -> "SHA-1 of the certificate";
            case USAGE -> "the extended key usage wanted, instead of code signing";
            case SYSTEM_COMPONENT_USAGE -> "the usage Windows System Component Verification";
            case FILE_DIGEST -> "the hash function: SHA1, SHA256, SHA384, SHA512 or certHash";
            case WARN_FILE_DIGEST -> "warn when /fd and the certificate's hash function differ";
            case PROVIDER -> "the key storage provider; \"Coffer Key Storage Provider\"";
            case KEY_CONTAINER -> "the label of the key in the module";
            case APPEND -> "add this signature to those that the file has";
            case DESCRIPTION -> "a description of the program";
            case DESCRIPTION_URL -> "a URL that says more";
            case LEGACY_TIMESTAMP -> "the URL of a legacy Authenticode timestamp server";
            case RFC3161_TIMESTAMP -> "the URL of an RFC 3161 timestamp server";
            case TIMESTAMP_DIGEST -> "the hash function for /tr";
            case WARN_TIMESTAMP_DIGEST -> "warn when /td and the certificate's hash function differ";
            case AUTHENTICATED_ATTRIBUTE -> "a further signed attribute: object identifier and text; repeatable";
            case PAGE_HASHES -> "page hashes (PE images): make them, or show and verify them";
            case NO_PAGE_HASHES -> "no page hashes; SIGNTOOL_PAGE_HASHES=1 asks for them otherwise";
            case DIGEST_GENERATE -> "write the digest to sign (.dig) and the unfinished signature (.p7u) there";
            case DIGEST_SIGN -> "sign digests: FILE.dig gives FILE.dig.signed";
            case DIGEST_INGEST -> "finish the files from what /dg and /ds left there";
            case DIGEST_XML -> "with /dg: write FILE.dig.xml too";
            case PKCS7 -> "write FILE.p7, a PKCS#7 file with the file's content, there";
            case PKCS7_CONTENT_TYPE -> "the object identifier of the content";
            case PKCS7_ENCODING -> "Embedded, DetachedSignedData or Pkcs7DetachedSignedData";
            case SIGNATURE_INDEX -> "which signature to timestamp; 0 is the primary one";
            case PKCS7_FILES -> "the files are PKCS#7 files";
            case ALL_METHODS -> "try all methods; there is one here";
            case ALL_SIGNATURES -> "verify all signatures";
            case AUTHENTICODE_POLICY -> "the Default Authenticode policy; here always";
            case SIGNATURE_AT -> "verify the signature with this index";
            case MULTIPLE_SEMANTICS -> "all signatures must be good";
            case CHAIN_THUMBPRINT -> "SHA-1 of a certificate that the chain must hold; repeatable";
            case SIGNER_THUMBPRINT -> "SHA-1 of the signer's certificate; repeatable";
            case WARN_WITHOUT_TIMESTAMP -> "warn about a signature without a timestamp";
            case EXPECTED_USAGE -> "warn about a signer without this extended key usage; repeatable";
            case PRINT_DESCRIPTION -> "show description and URL";
            case PKCS7_CONTENT -> "the file that a detached PKCS#7 file is about";
            case REMOVE_SIGNATURE -> "remove all signatures";
            case REMOVE_CERTIFICATES -> "remove all certificates but the signer's";
            case REMOVE_UNAUTHENTICATED -> "remove timestamps and further signatures";
            case JOBS -> "how many files at a time";
            case SKIP_SIGNED -> "leave files alone that have a signature";
            case CONTINUE_ON_ERROR -> "go on with other files when one fails";
            case REQUIRE_TIMESTAMP -> "without a good timestamp fail, and leave the file as it is";
            case JSON -> "answer in JSON";
            case TRUST -> "a file of certificates to trust instead of the system's; repeatable";
            case REVOCATION_LIST -> "a file of revocation lists; repeatable";
            case REQUEST -> "prepare everything but the signatures, and write what is to be approved there";
            case COMPLETE -> "finish the files of such a request from signatures made elsewhere";
            case HOME -> "the module's directory; else COFFER_HOME, else ~/.coffer";
            case USER -> "who logs in; the PIN comes from COFFER_PIN=user:pin, --pin-file or a prompt";
            case PIN_FILE -> "a file that holds user:pin, or with --as the PIN alone";
            case KEY_FILE -> "the key file that opens the module";
            case PASSPHRASE_FILE -> "a file with the passphrase that opens the module";
            default -> "works on Windows only";
        };
    }
}
