package org.cofferhsm.tde.preflight.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.cofferhsm.hsm.cryptoki.CryptokiException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.tde.preflight.Check;
import org.cofferhsm.tde.preflight.Witness;

/** How a child tells its parent what it does: a line before each step, and one after it. */
public final class Voice {

    /** Begins each line, so that what a library prints is not taken for one. */
    public static final String MARK = "@coffer-preflight";

    public static final String BEGIN = "begin";
    public static final String PASS = "pass";
    public static final String FAIL = "fail";
    public static final String PAUSE = "pause";
    public static final String SAW = "saw";

    private final PrintStream out;
    private final InputStream in;

    Voice(PrintStream out, InputStream in) {
        this.out = out;
        this.in = in;
    }

    /** Takes a step and tells how it came out; whether it passed. */
    boolean step(Check check, Supplier<String> work) {
        say(BEGIN, check.id(), "");
        try {
            say(PASS, check.id(), work.get());
            return true;
        } catch (CryptokiException e) {
            say(FAIL, check.id(), e.text());
        } catch (HsmException | UnexpectedAnswerException e) {
            say(FAIL, check.id(), String.valueOf(e.getMessage()));
        }
        return false;
    }

    void saw(Witness witness) {
        say(SAW, "key", witness.line());
    }

    /** Waits until the parent says a word; false when it is gone. */
    boolean pause() throws IOException {
        say(PAUSE, "here", "");
        return in.read() >= 0;
    }

    private void say(String what, String about, String text) {
        out.println(String.join(" ", MARK, what, about, text.replaceAll("\\R", " ")));
        out.flush();
    }
}
