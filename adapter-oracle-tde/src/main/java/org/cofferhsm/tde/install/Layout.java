package org.cofferhsm.tde.install;

import java.util.Arrays;
import java.util.Optional;

/** The two rules by which Oracle Database finds a PKCS#11 library. */
public enum Layout {
    /** Oracle searches {@code extapi/64/hsm/VENDOR/VERSION} (ORA-28376's text in the Error Messages manual). */
    HSM("hsm"),
    /** The parameter PKCS11_LIBRARY_LOCATION names a file below {@code extapi/64/pkcs11} (21c and later, OCI-46707). */
    PKCS11("pkcs11");

    private final String directory;

    Layout(String directory) {
        this.directory = directory;
    }

    /** The directory below {@code extapi/64}, and the name on the command line. */
    public String directory() {
        return directory;
    }

    /** The layout of that name. */
    public static Optional<Layout> named(String name) {
        return Arrays.stream(values())
                .filter(layout -> layout.directory.equals(name))
                .findFirst();
    }

    /** Whether Oracle takes the one library that it finds, so that there must not be a second one. */
    boolean isSearched() {
        return this == HSM;
    }

    /** Whether only root may own and write the directories. */
    public boolean isForRootOnly() {
        return this == PKCS11;
    }
}
