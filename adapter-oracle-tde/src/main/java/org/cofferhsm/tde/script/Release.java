package org.cofferhsm.tde.script;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A release of Oracle Database, with what its TDE is configured by. */
public enum Release {
    R12_2("12.2", Set.of(Feature.SQLNET)),
    R18C("18c", Set.of(Feature.SQLNET)),
    R19C("19c", Set.of(Feature.WALLET_ROOT)),
    R21C("21c", Set.of(Feature.WALLET_ROOT, Feature.LIBRARY_LOCATION)),
    R23AI("23ai", Set.of(Feature.WALLET_ROOT, Feature.LIBRARY_LOCATION, Feature.ONLY_WALLET_ROOT));

    /** What templates ask for. */
    enum Feature {
        /** ENCRYPTION_WALLET_LOCATION in sqlnet.ora. */
        SQLNET,
        /** The parameters WALLET_ROOT and TDE_CONFIGURATION. */
        WALLET_ROOT,
        /** The parameter PKCS11_LIBRARY_LOCATION, and switching libraries while the database runs. */
        LIBRARY_LOCATION,
        /** sqlnet.ora is refused: ORA-46693. */
        ONLY_WALLET_ROOT
    }

    private final String text;
    private final Set<Feature> features;

    Release(String text, Set<Feature> features) {
        this.text = text;
        this.features = features;
    }

    /** The release of that name. */
    public static Optional<Release> named(String name) {
        return Arrays.stream(values())
                .filter(release -> release.text.equals(name))
                .findFirst();
    }

    /** Whether the parameter PKCS11_LIBRARY_LOCATION names the library. */
    public boolean locatesLibrary() {
        return has(Feature.LIBRARY_LOCATION);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** As Oracle writes it. */
    @Override
    public String toString() {
        return text;
    }
}
