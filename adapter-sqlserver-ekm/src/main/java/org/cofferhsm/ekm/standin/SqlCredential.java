package org.cofferhsm.ekm.standin;

/** A row of sys.credentials, FOR CRYPTOGRAPHIC PROVIDER. */
record SqlCredential(String name, String identity, String secret, String provider) {

    @Override
    public String toString() {
        return "SqlCredential[" + name + ", " + identity + "]";
    }
}
