package org.cofferhsm.tde.preflight.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.CryptokiException;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.tde.preflight.Check;
import org.cofferhsm.tde.preflight.Task;

/** Takes away what the trial made, in a process of its own: the one that made it may have crashed. */
record CleaningUp(Task task, byte[] pin, Voice voice) {

    private static final Octets FALSE = Octets.of((byte) 0);

    void play() {
        voice.step(Check.CLEAN_UP, () -> {
            ForeignSession session = Place.session(Place.load(task.library()), pin);
            List<String> left = new ArrayList<>();
            int removed = 0;
            for (String label : task.words()) {
                for (long object : session.find(List.of(CryptokiAttribute.text(Attribute.LABEL, label)))) {
                    removed += destroy(session, object, label, left);
                }
            }
            if (!left.isEmpty()) {
                throw new UnexpectedAnswerException("these stay: " + String.join("; ", left));
            }
            return removed + " objects";
        });
    }

    /** The module guards what is labelled ORACLE.* against deletion, until its owner says that it may go. */
    private static void allow(ForeignSession session, long object) {
        Optional<Octets> destroyable = session.attribute(object, Attribute.DESTROYABLE.code());
        if (destroyable.equals(Optional.of(FALSE))) {
            session.change(object, List.of(CryptokiAttribute.flag(Attribute.DESTROYABLE, true)));
        }
    }

    private static int destroy(ForeignSession session, long object, String label, List<String> left) {
        try {
            allow(session, object);
            session.destroy(object);
            return 1;
        } catch (CryptokiException e) {
            left.add(label + " (" + e.text() + ")");
            return 0;
        }
    }
}
