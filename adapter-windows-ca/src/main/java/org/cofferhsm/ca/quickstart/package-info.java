/** The quickstart's step for the CA. */
@NullMarked
package org.cofferhsm.ca.quickstart;

import org.jspecify.annotations.NullMarked;
