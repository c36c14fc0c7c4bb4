package org.cofferhsm.signtool.commandline.verify;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileOutcome;
import org.cofferhsm.signtool.commandline.console.FileRun;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.commandline.console.Report;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.console.Tally;
import org.cofferhsm.signtool.commandline.stamp.TrustChoice;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;

/**
 * {@code verify}. Without {@code /pa} SignTool judges by the policy for drivers, which has no meaning off Windows; here
 * both ways judge by the policy of {@code /pa}.
 */
public record VerifyVerb(ParsedCommand command, Surroundings surroundings, Console console) {

    /** Runs; gives the exit status. Files need no module. */
    public int run() {
        List<Path> files = surroundings.lines().files(command);
        if (!command.has(Option.AUTHENTICODE_POLICY)) {
            console.print(Line.verbose("The policy for drivers has no meaning here; verifying as with /pa."));
        }
        FileVerifying verifying = new FileVerifying(
                new Verifier(policy()),
                new Expectations(command),
                new FileNames(surroundings.lines(), command.files()));
        boolean all = command.has(Option.ALL_SIGNATURES);
        Tally tally = new Tally((all ? "signatures" : "files") + " successfully Verified", true);
        FileRun.of(console, command, true).over(files, file -> verify(verifying, file), tally);
        if (all) {
            tally.addSuccesses(verifying.furtherSignatures());
        }
        return new Report(console, tally).finish();
    }

    private FileOutcome verify(FileVerifying verifying, Path file) {
        return command.has(Option.PKCS7_FILES)
                ? verifying.pkcs7(file, command.value(Option.PKCS7_CONTENT).map(surroundings.lines()::path))
                : verifying.verify(file);
    }

    private VerificationPolicy policy() {
        TrustChoice trust = new TrustChoice(command, surroundings);
        Set<X509Certificate> anchors = trust.effective();
        List<X509CRL> lists = trust.revocationLists();
        VerificationPolicy policy =
                VerificationPolicy.trusting(anchors, surroundings.clock().instant());
        return lists.isEmpty() ? policy : policy.with(lists, VerificationPolicy.Revocation.IF_KNOWN);
    }
}
