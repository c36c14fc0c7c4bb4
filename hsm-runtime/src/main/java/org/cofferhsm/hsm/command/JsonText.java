package org.cofferhsm.hsm.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** JSON from maps, lists and plain values; the only class that needs Gson, so that text output does not load it. */
final class JsonText {

    private final Gson gson =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    String of(Object data) {
        return gson.toJson(data);
    }
}
