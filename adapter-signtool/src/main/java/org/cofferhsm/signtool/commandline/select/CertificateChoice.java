package org.cofferhsm.signtool.commandline.select;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.CertificateLines;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.Line;

/**
 * Chooses the certificate that signs: what all of SignTool's filters leave. Exactly one must be left, or with {@code /a}
 * the one that is valid longest is taken.
 *
 * @param needsKey whether the private key must be in the module; not when only a digest is prepared
 */
public record CertificateChoice(ParsedCommand command, Instant now, boolean needsKey) {

    private static final String NONE = "No certificates were found that met all the given criteria.";
    private static final String SEVERAL = "Multiple certificates were found that meet all the given\n"
            + "\tcriteria. Use the /a option to allow SignTool to choose the best\n"
            + "\tcertificate automatically or use the /sha1 option with the hash of the\n"
            + "\tdesired certificate.";

    /**
     * What was chosen, and what SignTool prints on the way.
     *
     * @param candidate the one that signs
     */
    public record Chosen(Candidate candidate, List<Line> lines) {}

    /** Chooses. Complains by {@link Refused}. */
    public Chosen from(List<Candidate> all) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.debug("\nThe following certificates were considered:"));
        all.forEach(one -> lines.addAll(shown(one.certificate(), Line.Kind.DEBUG)));
        List<Candidate> left = all;
        for (Filter filter : Filters.of(command, now, needsKey)) {
            left = left.stream().filter(filter.keeps()).toList();
            lines.add(Line.debug("After " + filter.name() + " filter, " + left.size() + " certs were left."));
        }
        Candidate chosen = one(left, lines);
        lines.add(Line.verbose("The following certificate was selected:"));
        lines.addAll(shown(chosen.certificate(), Line.Kind.VERBOSE));
        return new Chosen(chosen, lines);
    }

    private Candidate one(List<Candidate> left, List<Line> lines) {
        if (left.isEmpty()) {
            lines.add(Line.error(NONE));
            throw new Refused(NONE, lines);
        }
        if (left.size() > 1 && !command.has(Option.BEST_CERTIFICATE)) {
            lines.add(Line.error(SEVERAL));
            lines.add(Line.plain("The following certificates meet all given criteria:"));
            left.forEach(one -> lines.addAll(shown(one.certificate(), Line.Kind.PLAIN)));
            throw new Refused(SEVERAL, lines);
        }
        return validLongest(left);
    }

    private static Candidate validLongest(List<Candidate> left) {
        Candidate best = left.get(0);
        for (Candidate one : left) {
            if (one.certificate().getNotAfter().after(best.certificate().getNotAfter())) {
                best = one;
            }
        }
        return best;
    }

    private List<Line> shown(X509Certificate certificate, Line.Kind kind) {
        return Console.wants(command, kind)
                ? CertificateLines.of(certificate).stream()
                        .map(text -> new Line(kind, text))
                        .toList()
                : List.of();
    }

    /** None or several were left; carries what is to be printed, the complaint included. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient List<Line> lines;

        Refused(String message, List<Line> lines) {
            super(message, new SignToolException(message));
            this.lines = List.copyOf(lines);
        }

        public List<Line> lines() {
            return lines;
        }
    }
}
