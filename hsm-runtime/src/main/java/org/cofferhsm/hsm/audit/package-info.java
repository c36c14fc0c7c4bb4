/** The chained audit log and its verifier. */
@NullMarked
package org.cofferhsm.hsm.audit;

import org.jspecify.annotations.NullMarked;
