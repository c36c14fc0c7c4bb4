package org.cofferhsm.signtool.tsa;

/** Where each token is recorded before anybody gets it; what cannot be recorded is not given out. */
@FunctionalInterface
interface TokenLog {

    /**
     * Records.
     *
     * @param text serial number, time, hash function and imprint
     */
    void issued(String text);
}
