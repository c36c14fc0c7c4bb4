package org.cofferhsm.hsm.interop;

import java.nio.file.Path;
import java.util.Map;

/** A PKCS#11 module with one token and one user, as an outside program gets to know it. */
interface Token extends AutoCloseable {

    /** What the program loads. */
    Path library();

    /** CKA_LABEL of the token. */
    String label();

    /** What its user logs in with. */
    String pin();

    /** What the module needs in the environment of the program. */
    Map<String, String> environment();

    /** RFC 7512: one key, and the PIN to use it. */
    default String uri(String object) {
        return "pkcs11:token=" + label() + ";object=" + object + ";type=private?pin-value=" + pin();
    }

    @Override
    void close();
}
