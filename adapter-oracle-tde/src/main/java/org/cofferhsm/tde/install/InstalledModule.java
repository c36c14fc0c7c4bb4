package org.cofferhsm.tde.install;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The files of one version of the module in Oracle's tree.
 *
 * @param version the name of its directory, by preference number.number.number
 */
public record InstalledModule(OracleTree tree, String version) {

    static final String LIBRARY = "libcoffer-pkcs11.so";
    static final String CONFIGURATION = "coffer-pkcs11.conf";

    /** Of PKCS11_LIBRARY_LOCATION. */
    private static final int LONGEST_LOCATION = 255;

    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+){0,3}");

    public InstalledModule {
        if (!VERSION.matcher(version).matches()) {
            throw HsmException.argumentInvalid(
                    "Oracle wants a version such as 1.2.3 for the library's directory, not " + version);
        }
        String location =
                tree.asOracleSees(tree.version(version).resolve(LIBRARY)).toString();
        if (location.length() > LONGEST_LOCATION) {
            throw HsmException.argumentInvalid("the library's path would have " + location.length()
                    + " characters; Oracle takes 255 (OCI-46707); choose a shorter --oracle-base");
        }
    }

    /** The directory of this version. */
    public Path directory() {
        return tree.version(version);
    }

    /** What Oracle loads. */
    public Path library() {
        return directory().resolve(LIBRARY);
    }

    /** What says where the service listens; the library looks for it beside itself. */
    public Path configuration() {
        return directory().resolve(CONFIGURATION);
    }
}
