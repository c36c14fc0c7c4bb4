package org.cofferhsm.signtool.commandline.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SpcOpusInfo;
import org.cofferhsm.signtool.commandline.console.CertificateLines;
import org.cofferhsm.signtool.commandline.console.SignToolTime;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.verify.SignatureVerification;
import org.cofferhsm.signtool.verify.TimestampVerification;

/** What SignTool prints about one signature. */
record SignatureLines(SignatureVerification found, Expectations expectations) {

    static final String HEADING = "Index  Algorithm  Timestamp    ";
    static final String RULE = "=".repeat(40);

    /** One line of the short table; its columns are padded, as SignTool does. */
    String row() {
        return String.format(Locale.ROOT, "%-5d  %-9s  %-13s", found.index(), algorithm(), timestamp());
    }

    private String algorithm() {
        return found.content()
                .map(ContentCheck::algorithm)
                .map(DigestAlgorithm::signToolName)
                .orElseGet(() -> found.signature().digestAlgorithm().signToolName());
    }

    private String timestamp() {
        return found.timestamps().stream()
                .findFirst()
                .map(stamp -> stamp.kind().signToolName())
                .orElse("None");
    }

    /** The long form ({@code /v}). */
    List<String> all() {
        List<String> lines = new ArrayList<>();
        lines.add("Signature Index: " + found.index() + (found.index() == 0 ? " (Primary Signature)" : ""));
        found.content()
                .ifPresent(check -> lines.add("Hash of file (" + algorithm() + "): "
                        + check.computed().toHex().toUpperCase(Locale.ROOT)));
        lines.addAll(description());
        lines.addAll(pageHashes());
        lines.add("");
        lines.add("Signing Certificate Chain:");
        lines.addAll(CertificateLines.ofChain(found.chain()));
        found.timestamps().forEach(stamp -> lines.addAll(timestamp(stamp)));
        if (found.timestamps().isEmpty()) {
            lines.add("File is not timestamped.");
            lines.add("");
        }
        return lines;
    }

    /** {@code /d}. */
    List<String> description() {
        if (!expectations.printsDescription()) {
            return List.of();
        }
        SpcOpusInfo info = found.signature().opusInfo();
        return List.of("Description: " + printable(info.description()), "Description URL: " + printable(info.url()));
    }

    /** A file may be hostile, and a terminal obeys control characters. */
    private static String printable(Optional<String> text) {
        return text.orElse("").replaceAll("\\p{C}", "?");
    }

    /** {@code /ph}. */
    List<String> pageHashes() {
        return expectations.printsPageHashes()
                ? List.of("Page hashes: "
                        + found.content()
                                .map(check -> switch (check.pages()) {
                                    case ABSENT -> "none";
                                    case MATCH -> "verified";
                                    case DIFFER -> "differ";
                                })
                                .orElse("unknown"))
                : List.of();
    }

    private static List<String> timestamp(TimestampVerification stamp) {
        List<String> lines = new ArrayList<>();
        lines.add("The signature is timestamped: "
                + stamp.time().map(SignToolTime::of).orElse("at an unknown time"));
        lines.add("Timestamp Verified by:");
        lines.addAll(CertificateLines.ofChain(stamp.chain()));
        return lines;
    }
}
