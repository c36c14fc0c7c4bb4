package org.cofferhsm.hsm.command;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.Terminal;

/** Writes what came of a command: text for people, or the one JSON object that CloudHSM's scripts expect. */
public record Output(Terminal terminal, boolean json) {

    public int write(Answer answer) {
        if (json) {
            writeJson(answer.status(), answer.data().get());
        } else {
            answer.text().lines(terminal.width()).forEach(terminal.out()::println);
        }
        return answer.status();
    }

    public int writeRefusal(HsmException refusal) {
        String message = Printable.of(String.valueOf(refusal.getMessage()));
        if (json) {
            JsonText json = new JsonText();
            terminal.out()
                    .println(json.of(new Fields()
                            .with("error_code", ExitStatus.FAILED)
                            .with("data", message)
                            .with("reason", refusal.reason().name())
                            .map()));
        } else {
            terminal.err().println("coffer: " + message + " [" + refusal.reason() + "]");
        }
        return ExitStatus.FAILED;
    }

    private void writeJson(int errorCode, Object data) {
        terminal.out()
                .println(new JsonText()
                        .of(new Fields()
                                .with("error_code", errorCode)
                                .with("data", data)
                                .map()));
    }
}
