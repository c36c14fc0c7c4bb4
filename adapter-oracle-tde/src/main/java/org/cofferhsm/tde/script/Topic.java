package org.cofferhsm.tde.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a script is for. */
public enum Topic {
    SETUP("first set-up: settings, keystore, first master keys, a trial tablespace"),
    AUTO_LOGIN("the keystore opens by itself, by a wallet that holds the HSM's password"),
    ROTATE("new master keys; data is not rewritten"),
    MIGRATE("from a file wallet to the HSM"),
    REVERSE_MIGRATE("from the HSM back to a file wallet"),
    STANDBY("a physical standby database"),
    RAC("the instances of a cluster"),
    ISOLATED("pluggable databases with keystores and crypto users of their own"),
    SWITCH_LIBRARY("another version of the library without downtime");

    private final String meaning;

    Topic(String meaning) {
        this.meaning = meaning;
    }

    /** The topic of that name. */
    public static Optional<Topic> named(String name) {
        return Arrays.stream(values()).filter(topic -> topic.id().equals(name)).findFirst();
    }

    /** The name on the command line: {@code auto-login}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String meaning() {
        return meaning;
    }

    /** What a release needs for it; nothing for most. */
    Optional<Release.Feature> needs() {
        return switch (this) {
            case ISOLATED -> Optional.of(Release.Feature.WALLET_ROOT);
            case SWITCH_LIBRARY -> Optional.of(Release.Feature.LIBRARY_LOCATION);
            default -> Optional.empty();
        };
    }
}
