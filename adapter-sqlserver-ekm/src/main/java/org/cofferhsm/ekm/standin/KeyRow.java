package org.cofferhsm.ekm.standin;

import org.cofferhsm.ekm.EkmKey;

/** A row of sys.asymmetric_keys or sys.symmetric_keys: a key that lies in a provider. */
record KeyRow(String name, String provider, EkmKey key, byte[] publicKey) {}
