package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProviderOrderTest {

    /** In a JVM of its own: this one's list is read already. */
    private static List<String> names(String arrange) throws IOException {
        Process listing = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Listing.class.getName(),
                        arrange)
                .redirectErrorStream(true)
                .start();
        return new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** Says the providers of its process. */
    static final class Listing {
        private Listing() {}

        public static void main(String[] arguments) {
            if (arguments[0].equals("arranged")) {
                ProviderOrder.arrange();
            }
            Stream.of(Security.getProviders()).map(Provider::getName).forEach(System.out::println);
        }
    }

    @Test
    void putsSunJceAheadOfSunEcAndKeepsAllOthersInTheirOrder() throws Exception {
        List<String> usual = names("usual");
        List<String> arranged = names("arranged");

        assertThat(arranged).containsExactlyInAnyOrderElementsOf(usual);
        assertThat(arranged.indexOf("SunJCE")).isEqualTo(usual.indexOf("SunEC"));
        assertThat(without(arranged)).isEqualTo(without(usual));
    }

    private static List<String> without(List<String> names) {
        return names.stream().filter(name -> !name.equals("SunJCE")).toList();
    }
}
