/** Cryptoki's terms in the module's, and back: return values, mechanisms, attributes, templates. */
@NullMarked
package org.cofferhsm.hsm.pkcs11.terms;

import org.jspecify.annotations.NullMarked;
