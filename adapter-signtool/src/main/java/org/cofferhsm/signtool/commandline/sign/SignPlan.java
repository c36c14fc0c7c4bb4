package org.cofferhsm.signtool.commandline.sign;

import java.util.Optional;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.signing.ModuleKey;
import org.cofferhsm.signtool.timestamp.TimestampSource;

/** How every file of one command is signed. */
record SignPlan(
        ParsedCommand command,
        SignatureTemplate template,
        ContentOptions content,
        ModuleKey key,
        Optional<TimestampSource> timestamper) {

    boolean appends() {
        return command.has(Option.APPEND);
    }

    boolean skipsSigned() {
        return command.has(Option.SKIP_SIGNED);
    }

    boolean requiresTimestamp() {
        return command.has(Option.REQUIRE_TIMESTAMP);
    }
}
