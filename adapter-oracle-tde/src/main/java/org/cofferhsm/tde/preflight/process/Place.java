package org.cofferhsm.tde.preflight.process;

import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.cryptoki.Cryptoki;
import org.cofferhsm.hsm.cryptoki.ForeignModule;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.cryptoki.ForeignToken;

/** The way from a library to a session, in the steps that Oracle takes. */
final class Place {

    private Place() {}

    static Cryptoki load(String library) {
        return Cryptoki.load(Path.of(library));
    }

    static ForeignModule initialize(Cryptoki calls) {
        return ForeignModule.open(calls);
    }

    static ForeignToken token(ForeignModule module) {
        List<ForeignToken> tokens = module.tokens();
        if (tokens.size() != 1) {
            throw new UnexpectedAnswerException(
                    tokens.isEmpty() ? "no slot has a token" : tokens.size() + " tokens; Oracle would take any");
        }
        if (tokens.get(0).isWriteProtected()) {
            throw new UnexpectedAnswerException(
                    "the token is write protected (CKF_WRITE_PROTECTED): Oracle makes no key on it");
        }
        return tokens.get(0);
    }

    /** All at once, for a process that does not tell each step. */
    static ForeignSession session(Cryptoki calls, byte[] pin) {
        return token(initialize(calls)).login(pin);
    }
}
