package org.cofferhsm.hsm.channel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that a test reads. */
final class LogLines implements ServiceLog {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void line(String text) {
        lines.add(text);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
