package org.cofferhsm.hsm.command;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines of a width, at a space where there is one. */
final class Wrapping {

    private Wrapping() {}

    static List<String> of(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
