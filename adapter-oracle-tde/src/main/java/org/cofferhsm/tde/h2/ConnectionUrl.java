package org.cofferhsm.tde.h2;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A URL {@code jdbc:h2:tde:KEYSTORE:PATH;SETTING=VALUE;…}.
 *
 * @param settings those that are H2's
 * @param tagged whether {@code TAG_PAGES=TRUE} is among them
 */
record ConnectionUrl(String database, List<String> settings, boolean tagged) {

    private static final String JDBC = "jdbc:h2:";
    private static final String TAG_PAGES = "TAG_PAGES=";
    private static final String INIT = "INIT=";
    private static final String HOME = "~/";

    static ConnectionUrl parse(String url) {
        String[] parts = url.split("(?<!\\\\);", -1);
        List<String> settings = new ArrayList<>();
        boolean tagged = false;
        for (int i = 1; i < parts.length; i++) {
            if (upper(parts[i]).startsWith(TAG_PAGES)) {
                tagged = isTrue(parts[i]);
            } else {
                settings.add(parts[i]);
            }
        }
        return new ConnectionUrl(parts[0], List.copyOf(settings), tagged);
    }

    /** Whoever means yes and is not understood would have a database without tags, and not know. */
    private static boolean isTrue(String setting) {
        return switch (upper(setting)) {
            case TAG_PAGES + "TRUE" -> true;
            case TAG_PAGES + "FALSE" -> false;
            default -> throw HsmException.argumentInvalid(setting + " is not understood: TAG_PAGES is TRUE or FALSE");
        };
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** For H2. */
    String url() {
        return joined(settings);
    }

    boolean hasInit() {
        return settings.stream().anyMatch(ConnectionUrl::isInit);
    }

    /** The same without statements that H2 runs while it connects. */
    String urlWithoutInit() {
        return joined(settings.stream().filter(setting -> !isInit(setting)).toList());
    }

    private static boolean isInit(String setting) {
        return upper(setting.stripLeading()).startsWith(INIT);
    }

    private String joined(List<String> chosen) {
        return String.join(";", database, String.join(";", chosen)).replaceAll(";$", "");
    }

    TdeUrl file() {
        return TdeUrl.parse(database.substring(JDBC.length()));
    }

    /** Where a new database with tagged pages has to be made first; such a file makes itself otherwise. */
    boolean wantsTaggedFile() {
        return tagged && !Files.exists(path());
    }

    Path path() {
        String path = file().path();
        String absolute = path.startsWith(HOME) ? System.getProperty("user.home") + path.substring(1) : path;
        return Path.of(absolute + H2Tablespace.SUFFIX);
    }
}
