package org.cofferhsm.signtool.commandline;

import static org.cofferhsm.signtool.commandline.Verb.HISTORY;
import static org.cofferhsm.signtool.commandline.Verb.REMOVE;
import static org.cofferhsm.signtool.commandline.Verb.SIGN;
import static org.cofferhsm.signtool.commandline.Verb.TIMESTAMP;
import static org.cofferhsm.signtool.commandline.Verb.VERIFY;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An option of SignTool, or one that Coffer adds (those are written with two dashes and can therefore not clash).
 *
 * <p>One letter may mean different things under different verbs: {@code /a} chooses a certificate under {@code sign} and
 * tries all methods under {@code verify}. Each meaning is an option of its own here.
 */
public enum Option {
    // Output, under every verb
    QUIET("q", 0, Use.ONCE, SIGN, TIMESTAMP, VERIFY, REMOVE, HISTORY),
    VERBOSE("v", 0, Use.ONCE, SIGN, TIMESTAMP, VERIFY, REMOVE, HISTORY),
    DEBUG("debug", 0, Use.ONCE, SIGN, TIMESTAMP, VERIFY, REMOVE, HISTORY),

    // sign: which certificate
    BEST_CERTIFICATE("a", 0, Use.ONCE, SIGN),
    ADDITIONAL_CERTIFICATE("ac", 1, Use.REPEATED, SIGN),
    TEMPLATE_NAME("c", 1, Use.ONCE, SIGN),
    CERTIFICATE_FILE("f", 1, Use.ONCE, SIGN),
    ISSUER("i", 1, Use.ONCE, SIGN),
    SUBJECT("n", 1, Use.ONCE, SIGN),
    PASSWORD("p", 1, Use.ONCE, SIGN),
    ROOT_SUBJECT("r", 1, Use.ONCE, SIGN, VERIFY),
    STORE("s", 1, Use.ONCE, SIGN),
    MACHINE_STORE("sm", 0, Use.ONCE, SIGN),
    THUMBPRINT("sha1", 1, Use.ONCE, SIGN),
    USAGE("u", 1, Use.ONCE, SIGN),
    SYSTEM_COMPONENT_USAGE("uw", 0, Use.ONCE, SIGN),
    FILE_DIGEST("fd", 1, Use.ONCE, SIGN),
    WARN_FILE_DIGEST("fdchw", 0, Use.ONCE, SIGN),

    // sign: which key
    PROVIDER("csp", 1, Use.ONCE, SIGN),
    KEY_CONTAINER("kc", 1, Use.ONCE, SIGN),

    // sign: what goes into the signature
    APPEND("as", 0, Use.ONCE, SIGN),
    DESCRIPTION("d", 1, Use.ONCE, SIGN),
    DESCRIPTION_URL("du", 1, Use.ONCE, SIGN),
    LEGACY_TIMESTAMP("t", 1, Use.ONCE, SIGN, TIMESTAMP),
    RFC3161_TIMESTAMP("tr", 1, Use.ONCE, SIGN, TIMESTAMP),
    TIMESTAMP_DIGEST("td", 1, Use.ONCE, SIGN, TIMESTAMP),
    WARN_TIMESTAMP_DIGEST("tdchw", 0, Use.ONCE, SIGN),
    AUTHENTICATED_ATTRIBUTE("sa", 2, Use.REPEATED, SIGN),
    PAGE_HASHES("ph", 0, Use.ONCE, SIGN, VERIFY),
    NO_PAGE_HASHES("nph", 0, Use.ONCE, SIGN),

    // sign: the digest here, the signature elsewhere
    DIGEST_GENERATE("dg", 1, Use.ONCE, SIGN),
    DIGEST_SIGN("ds", 0, Use.ONCE, SIGN),
    DIGEST_INGEST("di", 1, Use.ONCE, SIGN),
    DIGEST_XML("dxml", 0, Use.ONCE, SIGN),

    // sign: PKCS#7
    PKCS7("p7", 1, Use.ONCE, SIGN),
    PKCS7_CONTENT_TYPE("p7co", 1, Use.ONCE, SIGN),
    PKCS7_ENCODING("p7ce", 1, Use.ONCE, SIGN),

    // timestamp
    SIGNATURE_INDEX("tp", 1, Use.ONCE, TIMESTAMP),
    PKCS7_FILES("p7", 0, Use.ONCE, TIMESTAMP, VERIFY),

    // verify
    ALL_METHODS("a", 0, Use.ONCE, VERIFY),
    ALL_SIGNATURES("all", 0, Use.ONCE, VERIFY),
    AUTHENTICODE_POLICY("pa", 0, Use.ONCE, VERIFY),
    SIGNATURE_AT("ds", 1, Use.ONCE, VERIFY),
    MULTIPLE_SEMANTICS("ms", 0, Use.ONCE, VERIFY),
    CHAIN_THUMBPRINT("ca", 1, Use.REPEATED, VERIFY),
    SIGNER_THUMBPRINT("sha1", 1, Use.REPEATED, VERIFY),
    WARN_WITHOUT_TIMESTAMP("tw", 0, Use.ONCE, VERIFY),
    EXPECTED_USAGE("u", 1, Use.REPEATED, VERIFY),
    PRINT_DESCRIPTION("d", 0, Use.ONCE, VERIFY),
    CATALOG("c", 1, Use.NOT_HERE, VERIFY),
    CATALOG_HASH("hash", 1, Use.NOT_HERE, VERIFY),
    PKCS7_CONTENT("p7content", 1, Use.ONCE, VERIFY),

    // remove
    REMOVE_SIGNATURE("s", 0, Use.ONCE, REMOVE),
    REMOVE_CERTIFICATES("c", 0, Use.ONCE, REMOVE),
    REMOVE_UNAUTHENTICATED("u", 0, Use.ONCE, REMOVE),

    // Without a meaning off Windows: refused by name
    MACHINE_CODE_LIBRARY("dlib", 1, Use.NOT_HERE, SIGN),
    LIBRARY_METADATA("dmdf", 1, Use.NOT_HERE, SIGN),
    SEAL("seal", 0, Use.NOT_HERE, SIGN),
    INTENT_TO_SEAL("itos", 0, Use.NOT_HERE, SIGN),
    SEAL_TIMESTAMP("tseal", 1, Use.NOT_HERE, SIGN, TIMESTAMP),
    FORCE("force", 0, Use.NOT_HERE, SIGN, TIMESTAMP),
    NO_SEAL_WARNING("nosealwarn", 0, Use.NOT_HERE, SIGN, TIMESTAMP),
    NO_ENCLAVE_WARNING("noenclavewarn", 0, Use.NOT_HERE, SIGN),
    RELAXED_MARKER_CHECK("rmc", 0, Use.NOT_HERE, SIGN),
    DEFAULT_CATALOGS("ad", 0, Use.NOT_HERE, VERIFY),
    DRIVER_CATALOGS("as", 0, Use.NOT_HERE, VERIFY),
    CATALOG_DATABASE("ag", 1, Use.NOT_HERE, VERIFY),
    PLATFORM_VERSION("o", 1, Use.NOT_HERE, VERIFY),
    POLICY_BY_GUID("pg", 1, Use.NOT_HERE, VERIFY),
    KERNEL_POLICY("kp", 0, Use.NOT_HERE, VERIFY),
    BIOMETRIC_POLICY("bp", 0, Use.NOT_HERE, VERIFY),
    ENCLAVE_POLICY("enclave", 0, Use.NOT_HERE, VERIFY),
    SEALING_SIGNATURES("sl", 0, Use.NOT_HERE, VERIFY),
    PCA_2010_WARNING("w2010pca", 0, Use.NOT_HERE, VERIFY),
    NO_PCA_2010_WARNING("now2010pca", 0, Use.NOT_HERE, VERIFY),

    // Coffer's own
    JOBS("--jobs", 1, Use.ONCE, SIGN, TIMESTAMP, VERIFY),
    SKIP_SIGNED("--skip-signed", 0, Use.ONCE, SIGN),
    CONTINUE_ON_ERROR("--continue-on-error", 0, Use.ONCE, SIGN, TIMESTAMP, REMOVE),
    REQUIRE_TIMESTAMP("--require-timestamp", 0, Use.ONCE, SIGN, VERIFY),
    JSON("--json", 0, Use.ONCE, SIGN, TIMESTAMP, VERIFY, REMOVE, HISTORY),
    TRUST("--trust", 1, Use.REPEATED, SIGN, TIMESTAMP, VERIFY),
    REVOCATION_LIST("--crl", 1, Use.REPEATED, TIMESTAMP, VERIFY),
    REQUEST("--request", 1, Use.ONCE, SIGN),
    COMPLETE("--complete", 1, Use.ONCE, SIGN),
    HOME("--home", 1, Use.ONCE, SIGN, HISTORY),
    USER("--as", 1, Use.ONCE, SIGN, HISTORY),
    PIN_FILE("--pin-file", 1, Use.ONCE, SIGN, HISTORY),
    KEY_FILE("--key-file", 1, Use.ONCE, SIGN, HISTORY),
    PASSPHRASE_FILE("--passphrase-file", 1, Use.ONCE, SIGN, HISTORY);

    private enum Use {
        ONCE,
        REPEATED,
        NOT_HERE
    }

    private final String spelling;
    private final int parameters;
    private final Use use;
    private final Set<Verb> verbs;

    Option(String spelling, int parameters, Use use, Verb... verbs) {
        this.spelling = spelling;
        this.parameters = parameters;
        this.use = use;
        this.verbs = Set.of(verbs);
    }

    /** The option that this name means under this verb; the name is without its {@code /} or {@code -}, in any case. */
    static Optional<Option> of(Verb verb, String name) {
        return find(verb, name.toLowerCase(Locale.ROOT), false);
    }

    /** The option of Coffer's own that is written so, with its two dashes. */
    static Optional<Option> ofLong(Verb verb, String name) {
        return find(verb, name, true);
    }

    private static Optional<Option> find(Verb verb, String spelling, boolean isLong) {
        for (Option option : values()) {
            if (option.isLong() == isLong && option.spelling.equals(spelling) && option.verbs.contains(verb)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** All options of a verb that do something here. */
    public static List<Option> under(Verb verb) {
        return Arrays.stream(values())
                .filter(option -> option.verbs.contains(verb) && option.use != Use.NOT_HERE)
                .toList();
    }

    /** As SignTool's messages show it: {@code /fd}; Coffer's own with its dashes. */
    public String spelling() {
        return isLong() ? spelling : "/" + spelling;
    }

    /** How many arguments it takes. */
    public int parameters() {
        return parameters;
    }

    /** Whether it may be given more than once. */
    boolean isRepeatable() {
        return use == Use.REPEATED;
    }

    /** Whether it means nothing outside Windows. */
    boolean isForWindowsOnly() {
        return use == Use.NOT_HERE;
    }

    private boolean isLong() {
        return spelling.startsWith("--");
    }
}
