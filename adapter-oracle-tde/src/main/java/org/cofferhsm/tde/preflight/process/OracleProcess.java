package org.cofferhsm.tde.preflight.process;

import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cofferhsm.tde.preflight.Task;

/** The main class of the child. Task and PIN come by the standard input; no argument and no variable holds anything. */
public final class OracleProcess {

    private OracleProcess() {}

    public static void main(String[] arguments) throws IOException {
        // The pipes to the parent, not a terminal.
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        Task task = Task.read(in);
        byte[] pin = in.readNBytes(in.readInt());
        Voice voice =
                new Voice(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8), in);
        try {
            play(task, pin, voice);
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    private static void play(Task task, byte[] pin, Voice voice) throws IOException {
        switch (task.kind()) {
            case SEQUENCE -> new Sequence(task, pin, voice).play();
            case JOIN -> new Joining(task, pin, voice).play();
            case MASTER_KEYS -> new MasterKeyCheck(task, pin, voice).play();
            case CLEAN_UP -> new CleaningUp(task, pin, voice).play();
        }
    }
}
