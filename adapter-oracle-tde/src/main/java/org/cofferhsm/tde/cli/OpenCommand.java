package org.cofferhsm.tde.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.tde.TdeKeystore;

/** {@code coffer tde open}: databases of the Java layer may use the keystore again. */
public final class OpenCommand extends KeystoreCommand {

    /** For {@link java.util.ServiceLoader}. */
    public OpenCommand() {
        super("tde open", "Let databases use the TDE keystore again after tde close");
    }

    @Override
    Answer answer(Invocation invocation, TdeKeystore keystore) {
        keystore.open();
        return Answer.message("The keystore is open in " + keystore.container());
    }
}
