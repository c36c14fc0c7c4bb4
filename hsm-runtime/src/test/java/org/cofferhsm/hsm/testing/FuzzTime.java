package org.cofferhsm.hsm.testing;

import java.util.Map;

/** How long a test that runs a fuzzer of its own may search, by the same variables as Jazzer's tests. */
public final class FuzzTime {

    private FuzzTime() {}

    /** In seconds; 0 while known inputs are replayed, which is what happens without {@code -Pfuzz}. */
    public static int seconds() {
        return seconds(System.getenv());
    }

    static int seconds(Map<String, String> environment) {
        if (!"1".equals(environment.get("JAZZER_FUZZ"))) {
            return 0;
        }
        String duration = environment.getOrDefault("JAZZER_MAX_DURATION", "20s");
        int number = Integer.parseInt(duration.replaceAll("[^0-9]", ""));
        return duration.endsWith("m") ? number * 60 : duration.endsWith("h") ? number * 3600 : number;
    }
}
