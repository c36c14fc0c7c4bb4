package org.cofferhsm.signtool.commandline.sign;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.console.Console;
import org.cofferhsm.signtool.commandline.console.FileNames;
import org.cofferhsm.signtool.commandline.console.FileRun;
import org.cofferhsm.signtool.commandline.console.Line;
import org.cofferhsm.signtool.commandline.console.Report;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.commandline.console.Tally;
import org.cofferhsm.signtool.commandline.select.Candidate;
import org.cofferhsm.signtool.commandline.stamp.TimestampChoice;
import org.cofferhsm.signtool.commandline.stamp.TrustChoice;
import org.cofferhsm.signtool.signing.ModuleKey;

/** {@code sign}: by a key in the module, or in the two halves whose middle is made elsewhere. */
public record SignVerb(ParsedCommand command, Surroundings surroundings, Console console) {

    private static final int FEW = 4;
    private static final String DONE = "files successfully Signed";

    /** Runs; gives the exit status. */
    public int run() {
        SignOptions options = new SignOptions(command, surroundings);
        options.refusePassword();
        new TimestampChoice(command, surroundings.clock()).check();
        if (command.has(Option.COMPLETE)) {
            return new Completion(command, surroundings, console).run();
        }
        List<Path> files = surroundings.lines().files(command);
        if (command.has(Option.DIGEST_INGEST)) {
            return new DigestIngestion(command, surroundings, console).over(files);
        }
        if (command.has(Option.DIGEST_SIGN)) {
            return new DigestSigning(command, surroundings, console).over(files);
        }
        options.check();
        if (command.has(Option.DIGEST_GENERATE) || command.has(Option.REQUEST)) {
            return new Preparation(options, console).over(files);
        }
        return surroundings.inSession(
                command, config -> settings(config, files), session -> sign(files, options, session));
    }

    /** A few small files are signed before the engine in native code would have been loaded. */
    private static HsmConfig settings(HsmConfig config, List<Path> files) {
        boolean soonDone = files.size() <= FEW
                && files.stream()
                        .noneMatch(file -> DigestAlgorithm.isMuch(file.toFile().length()));
        return soonDone ? config.withoutNativeCode() : config;
    }

    private int sign(List<Path> files, SignOptions options, Session session) {
        Candidate signer = new SignerSearch(command, surroundings, console).inModule(session, files);
        ModuleKey key = signer.key().orElseThrow();
        console.print(Line.plain("Done Adding Additional Store"));
        Tally tally = new Tally(DONE, true);
        options.differenceWarning(signer.certificate()).ifPresent(text -> {
            console.print(Line.warning(text));
            tally.warn();
        });
        FileNames names = new FileNames(surroundings.lines(), command.files());
        FileRun run = FileRun.of(console, command, command.has(Option.CONTINUE_ON_ERROR));
        SignPlan plan = plan(options, signer, key);
        if (command.has(Option.PKCS7)) {
            run.over(files, new Pkcs7Signing(plan, surroundings.lines(), names)::sign, tally);
        } else {
            run.over(files, new FileSigning(plan, names)::sign, tally);
        }
        return new Report(console, tally).finish();
    }

    private SignPlan plan(SignOptions options, Candidate signer, ModuleKey key) {
        X509Certificate certificate = signer.certificate();
        TimestampChoice timestamps = new TimestampChoice(command, surroundings.clock());
        return new SignPlan(
                command,
                options.template(signer),
                options.content(certificate),
                key,
                timestamps.chosen(Optional.of(certificate), new TrustChoice(command, surroundings).named()));
    }
}
