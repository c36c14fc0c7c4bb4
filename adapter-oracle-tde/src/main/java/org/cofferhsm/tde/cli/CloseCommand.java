package org.cofferhsm.tde.cli;

import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.tde.TdeKeystore;

/** {@code coffer tde close}: databases of the Java layer are refused until {@code coffer tde open}. */
public final class CloseCommand extends KeystoreCommand {

    /** For {@link java.util.ServiceLoader}. */
    public CloseCommand() {
        super("tde close", "Refuse the TDE keystore to databases until tde open, also after a restart");
    }

    @Override
    Answer answer(Invocation invocation, TdeKeystore keystore) {
        keystore.close();
        return Answer.message("The keystore is closed in " + keystore.container()
                + "; databases that are open go on with the keys in their memory");
    }
}
