package org.cofferhsm.tde.h2;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A file as H2's file systems name it, {@code tde:KEYSTORE:PATH}.
 *
 * @param path as another file system of H2's takes it, as a rule the disk's
 */
record TdeUrl(String keystore, String path) {

    static final String SCHEME = "tde";

    private static final Pattern NAME = Pattern.compile("[\\w.-]+");
    private static final Pattern URL = Pattern.compile(SCHEME + ":([\\w.-]+):(.+)");

    static TdeUrl parse(String text) {
        return find(text)
                .orElseThrow(() -> HsmException.argumentInvalid(
                        "\"" + text + "\" is not of the form tde:KEYSTORE:PATH, such as tde:hr:/data/hr"));
    }

    private static Optional<TdeUrl> find(String text) {
        Matcher matcher = URL.matcher(text);
        return matcher.matches() ? Optional.of(new TdeUrl(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** What stands before every path of this keystore. */
    String prefix() {
        return SCHEME + ":" + keystore + ":";
    }

    static void requireName(String keystore) {
        if (!NAME.matcher(keystore).matches()) {
            throw HsmException.argumentInvalid(
                    "\"" + keystore + "\" is no name for a keystore: letters, digits, underscores, dots and dashes");
        }
    }
}
