package org.cofferhsm.tde.preflight.process;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import org.cofferhsm.hsm.cryptoki.CryptokiException;

/**
 * fork(2) of this process. A JVM does not survive that in general; this one is started for it: interpreted, without
 * threads that do anything, and the child does little and leaves by _exit.
 */
final class Fork {

    private static final int LIMIT_SECONDS = 15;
    private static final int ATTEMPTS = 3;
    private static final int ALARM = 14;
    private static final int WRONG_ANSWER = 1;
    private static final int OTHER = 2;
    /** Exit statuses that stand for a CKR_* value, of which most are below 200 once they are folded. */
    private static final int REFUSED = 3;

    private static final Function FORK = of("fork");
    private static final Function EXIT = of("_exit");
    private static final Function ALARM_IN = of("alarm");
    private static final Function WAIT = of("waitpid");

    private Fork() {}

    private static Function of(String name) {
        return NativeLibrary.getProcess().getFunction(name);
    }

    /** Does the work in a forked child and says how that ended. */
    static String run(Runnable work) {
        Memory status = new Memory(Integer.BYTES);
        int end = ALARM;
        // The JVM may have been at a point where the child waits for a thread that it does not have.
        for (int attempt = 0; attempt < ATTEMPTS && (end & 0x7f) == ALARM; attempt++) {
            int child = FORK.invokeInt(new Object[0]);
            if (child == 0) {
                leave(work);
            }
            WAIT.invokeInt(new Object[] {child, status, 0});
            end = status.getInt(0);
        }
        return verdict(end);
    }

    private static void leave(Runnable work) {
        ALARM_IN.invokeInt(new Object[] {LIMIT_SECONDS});
        EXIT.invokeVoid(new Object[] {outcome(work)});
    }

    /** Whatever happens, the child must not return into its parent's code. */
    private static int outcome(Runnable work) {
        try {
            work.run();
            return 0;
        } catch (CryptokiException e) {
            return REFUSED + (int) (e.returnValue() % 250);
        } catch (UnexpectedAnswerException e) {
            return WRONG_ANSWER;
        } catch (RuntimeException | Error e) {
            return OTHER;
        }
    }

    private static String verdict(int end) {
        int signal = end & 0x7f;
        int status = (end >> 8) & 0xff;
        if (signal != 0) {
            throw new UnexpectedAnswerException(
                    signal == ALARM ? "the forked process hangs" : "the forked process was killed by signal " + signal);
        }
        if (status != 0) {
            throw new UnexpectedAnswerException("the forked process was refused (its status is " + status + ")");
        }
        return "it logged in and decrypted";
    }
}
