package org.cofferhsm.hsm.migration;

import java.util.List;
import org.cofferhsm.hsm.key.KeyId;

/** What came of one object of the other token. */
public sealed interface Outcome {

    /**
     * It is here.
     *
     * @param how by which mechanism a key was wrapped; {@code in the clear} for what is no secret
     * @param proof what shows that both are the same
     * @param changes attributes that are otherwise here than there
     */
    record Imported(KeyId key, String how, String proof, List<String> changes) implements Outcome {
        public Imported {
            changes = List.copyOf(changes);
        }
    }

    /** It would be imported; nothing was done yet. */
    record Planned(String how) implements Outcome {}

    /** It stays where it is, as it has to or because it is here already. */
    record Left(String why) implements Outcome {}

    /** It should be here and is not. */
    record Failed(String why) implements Outcome {}
}
