package org.cofferhsm.tde.script;

import java.nio.file.Path;
import java.util.List;

/**
 * One database's names.
 *
 * @param user the crypto user in Coffer; of the root and all united pluggable databases
 * @param walletRoot the directory for WALLET_ROOT, or before 19c the wallet's own
 * @param library as Oracle sees it
 * @param tag for the new master keys
 */
public record Site(String user, Path walletRoot, Path library, String tag, List<Pdb> pdbs) {

    /** The directory below which PKCS11_LIBRARY_LOCATION has to be. */
    private static final Path LIBRARIES = Path.of("/opt/oracle/extapi/64/pkcs11");

    public Site {
        user = SqlText.cryptoUser(user);
        SqlText.path(walletRoot);
        SqlText.path(library);
        SqlText.string(tag);
        pdbs = List.copyOf(pdbs);
    }

    boolean hasLocatedLibrary() {
        return library.startsWith(LIBRARIES);
    }
}
