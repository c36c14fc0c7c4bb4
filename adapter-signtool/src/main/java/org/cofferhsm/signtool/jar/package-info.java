/**
 * Signed JARs (the JAR File Specification, "Signed JAR File"): signed by the JDK's own signer with a key of the module,
 * verified by the JDK for what the signatures cover and by {@code verify} for what their signers are worth.
 */
@NullMarked
package org.cofferhsm.signtool.jar;

import org.jspecify.annotations.NullMarked;
