package org.cofferhsm.hsm.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.error.HsmException;

/**
 * Runs commands on a throwaway module so that the JVM can archive the classes that they load; the launcher starts it
 * once. Commands come one on a line, who logs in before the command's own words; one that ends in {@code &} goes on
 * beside those that follow, which wait until it serves; one that begins with {@code !} must be refused. The exit status
 * says whether all went as it should.
 */
public final class Rehearsal {

    private static final String LIBRARY = "com/sun/jna/win32-x86-64/jnidispatch.dll";
    private static final String BESIDE = "&";
    private static final String REFUSED = "!";

    private final Stage stage;

    private Rehearsal(Stage stage) {
        this.stage = stage;
    }

    /**
     * Runs the commands of standard input.
     *
     * @param arguments the directory to work in, empty and the caller's to delete
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        try (BufferedReader script = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.exit(new Rehearsal(Stage.in(directory)).run(script.lines().toList()));
        }
    }

    private int run(List<String> script) throws IOException {
        writeProgram();
        int status = ExitStatus.DONE;
        for (String line : script) {
            List<String> words = new ArrayList<>(List.of(line.split(" ")));
            int expected = words.remove(REFUSED) ? ExitStatus.FAILED : ExitStatus.DONE;
            if (run(words.remove(0), words) != expected) {
                System.err.println("the rehearsal broke at: " + line); // which the launcher throws away
                status = ExitStatus.FAILED;
            }
        }
        return status;
    }

    /** A program for Windows that comes with the class path: something to sign. */
    private void writeProgram() throws IOException {
        try (InputStream library = ClassLoader.getSystemResourceAsStream(LIBRARY)) {
            if (library == null) {
                throw new IOException("the class path has no " + LIBRARY);
            }
            Files.copy(library, stage.workingDirectory().resolve("program.dll"));
        }
    }

    private int run(String user, List<String> words) {
        if (!words.remove(BESIDE)) {
            return Main.run(words, stage.as(user));
        }
        Thread beside = new Thread(() -> Main.run(words, stage.as(user)), "rehearsal");
        beside.setDaemon(true);
        beside.start();
        return await(beside);
    }

    private int await(Thread beside) {
        try {
            while (beside.isAlive() && !Files.exists(stage.notice())) {
                Thread.sleep(1);
            }
            return beside.isAlive() ? ExitStatus.DONE : ExitStatus.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HsmException.internal("interrupted").causedBy(e);
        }
    }
}
