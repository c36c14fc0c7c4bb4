package org.cofferhsm.tde.preflight.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.cryptoki.Cryptoki;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.ForeignModule;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.cryptoki.ForeignToken;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.tde.preflight.Check;
import org.cofferhsm.tde.preflight.Task;
import org.cofferhsm.tde.preflight.Witness;
import org.jspecify.annotations.Nullable;

/** A database from its start: opens the keystore, sets a key, wraps under it, forks, and lives through a restart. */
final class Sequence {

    private static final String PROBE = "DATA_OBJECT_SUPPORTED_IDEN";
    private static final Octets NOTE = Octets.of("coffer tde preflight".getBytes(StandardCharsets.US_ASCII));

    private final Task task;
    private final byte[] pin;
    private final Voice voice;
    private final Progress made = new Progress();

    /** What the steps hand on. */
    private static final class Progress {
        private @Nullable Cryptoki calls;
        private @Nullable ForeignModule module;
        private @Nullable ForeignToken token;
        private @Nullable ForeignSession session;
        private @Nullable Witness witness;
        private long key;
    }

    Sequence(Task task, byte[] pin, Voice voice) {
        this.task = task;
        this.pin = pin;
        this.voice = voice;
    }

    void play() throws IOException {
        if (opens() && makesAKey() && voice.pause()) {
            voice.step(Check.RESTART, () -> decrypts(session(), "after the restart, in the same session"));
        }
    }

    private boolean opens() {
        return voice.step(Check.LOAD, () -> {
                    made.calls = Place.load(task.library());
                    return "C_GetFunctionList answers";
                })
                && voice.step(Check.INITIALIZE, () -> {
                    made.module = Place.initialize(calls());
                    return "CKR_OK";
                })
                && voice.step(Check.TOKEN, () -> {
                    ForeignToken token =
                            Place.token(Optional.ofNullable(made.module).orElseThrow());
                    made.token = token;
                    return "slot " + token.slot() + ", token " + token.label();
                })
                && voice.step(Check.LOGIN, () -> {
                    made.session = Optional.ofNullable(made.token).orElseThrow().login(pin);
                    return "CKR_OK";
                });
    }

    /** The steps on whose success no other depends come out each by itself. */
    private boolean makesAKey() {
        voice.step(Check.DATA_OBJECTS, this::probe);
        boolean generated = voice.step(Check.GENERATE, () -> {
            made.key = TrialKey.generate(session(), label());
            return label();
        });
        if (!generated) {
            return false;
        }
        voice.step(Check.ATTRIBUTES, () -> TrialKey.checkAttributes(session(), made.key));
        voice.step(Check.FIND, this::finds);
        voice.step(Check.KEY_METADATA, this::metadata);
        return voice.step(Check.WRAPPING, this::wraps) && survives();
    }

    private boolean survives() {
        voice.step(Check.PACKED, this::packed);
        voice.step(Check.FORK, this::forks);
        return true;
    }

    private String probe() {
        List<CryptokiAttribute> probe = List.of(CryptokiAttribute.text(Attribute.LABEL, PROBE));
        if (session().find(probe).isEmpty()) {
            long made = session().create(data(PROBE));
            int found = session().find(probe).size();
            session().destroy(made);
            return found == 1 ? "made, found and taken away" : "made " + found;
        }
        return "is there already: a database has asked before";
    }

    private static List<CryptokiAttribute> data(String label) {
        return List.of(
                CryptokiAttribute.of(ObjectClass.DATA),
                CryptokiAttribute.text(Attribute.LABEL, label),
                CryptokiAttribute.flag(Attribute.TOKEN, true),
                CryptokiAttribute.flag(Attribute.PRIVATE, true),
                CryptokiAttribute.flag(Attribute.DESTROYABLE, true),
                new CryptokiAttribute(CryptokiAttribute.VALUE, NOTE));
    }

    private String finds() {
        if (new Wrapping(session()).find(label()) != made.key) {
            throw new UnexpectedAnswerException("the search gives another handle than the generation did");
        }
        return "one object";
    }

    private String metadata() {
        session().create(data(task.words().get(1)));
        long found = new Wrapping(session()).find(task.words().get(1));
        if (!session().attribute(found, CryptokiAttribute.VALUE).equals(Optional.of(NOTE))) {
            throw new UnexpectedAnswerException("the data object does not give back what was put into it");
        }
        return "read back";
    }

    private String wraps() {
        Witness witness = new Wrapping(session()).prove(label(), made.key);
        made.witness = witness;
        voice.saw(witness);
        return "16 to 80 bytes come back, their lengths unchanged";
    }

    /** A second session of the same process; it stays open, since a logout would be for all. */
    private String packed() {
        ForeignSession odd = Place.session(calls().packed(), pin);
        TrialKey.generatePassing(odd);
        return decrypts(odd, "handles, counts and lengths at odd addresses");
    }

    private String forks() {
        return Fork.run(() -> {
            ForeignSession again = Place.session(calls(), pin);
            decrypts(again, "");
        });
    }

    private String decrypts(ForeignSession session, String how) {
        Wrapping wrapping = new Wrapping(session);
        wrapping.confirm(Optional.ofNullable(made.witness).orElseThrow(), wrapping.find(label()));
        return how;
    }

    private String label() {
        return task.words().get(0);
    }

    private Cryptoki calls() {
        return Optional.ofNullable(made.calls).orElseThrow();
    }

    private ForeignSession session() {
        return Optional.ofNullable(made.session).orElseThrow();
    }
}
