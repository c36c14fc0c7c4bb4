package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.SecretBytes;

/** An object about to be stored: its final attributes, and its value, which the maker closes. */
record NewObjectValue(Attributes attributes, SecretBytes value) {}
