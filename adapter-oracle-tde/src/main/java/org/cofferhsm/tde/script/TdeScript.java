package org.cofferhsm.tde.script;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;

/**
 * A script for a DBA: settings, SQL, and what to look at after each step. It holds no password but places for them, and
 * nothing in it has been run on a real Oracle Database.
 */
public record TdeScript(Topic topic, Release release, Site site) {

    public TdeScript {
        topic.needs().filter(feature -> !release.has(feature)).ifPresent(feature -> {
            throw HsmException.argumentInvalid(topic.id() + " is not for Oracle Database " + release + ", which lacks "
                    + feature.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + "; take a newer --release");
        });
        if (topic == Topic.SWITCH_LIBRARY && !site.hasLocatedLibrary()) {
            throw HsmException.argumentInvalid("a library can be switched to only below /opt/oracle/extapi/64/pkcs11,"
                    + " not " + site.library() + "; install it by `coffer tde install --layout pkcs11`");
        }
        if (topic == Topic.ISOLATED && site.pdbs().isEmpty()) {
            throw HsmException.argumentInvalid("which pluggable databases? Give --pdb NAME=USER for each");
        }
    }

    /** The text, each line ending in a line feed. */
    public String text() {
        return new Template(values(), conditions(), pdbs()).render(topic.id());
    }

    private Map<String, String> values() {
        return Map.of(
                "release", release.toString(),
                "topic", topic.id(),
                "meaning", topic.meaning(),
                "user", site.user(),
                "hsm", site.user() + ":<HSM_PASSWORD>",
                "wallet-root", SqlText.path(site.walletRoot()),
                "library", SqlText.path(site.library()),
                "tag", SqlText.string(site.tag()));
    }

    private Set<String> conditions() {
        Set<String> conditions = new HashSet<>(Set.of("topic-" + topic.id()));
        for (Release.Feature feature : Release.Feature.values()) {
            if (release.has(feature)) {
                conditions.add(feature.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        if (!site.hasLocatedLibrary()) {
            conditions.remove("library-location");
        }
        if (!site.pdbs().isEmpty()) {
            conditions.add("pdbs");
        }
        return conditions;
    }

    private List<Map<String, String>> pdbs() {
        return site.pdbs().stream()
                .map(pdb -> Map.of("pdb", pdb.name(), "pdb-user", pdb.user()))
                .toList();
    }
}
