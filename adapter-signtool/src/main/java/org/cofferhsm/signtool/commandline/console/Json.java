package org.cofferhsm.signtool.commandline.console;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import org.cofferhsm.hsm.error.HsmException;

/** JSON from maps, lists and records, and back. */
public final class Json {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private Json() {}

    public static String of(Object value) {
        return GSON.toJson(value);
    }

    /**
     * Reads an object.
     *
     * @param what the text's name for the complaint
     */
    public static <T> T read(String what, String text, Class<T> type) {
        try {
            T value = GSON.fromJson(text, type);
            if (value != null) {
                return value;
            }
        } catch (JsonParseException e) {
            throw HsmException.dataInvalid(what + " is malformed: " + e.getMessage())
                    .causedBy(e);
        }
        throw HsmException.dataInvalid(what + " is empty");
    }
}
