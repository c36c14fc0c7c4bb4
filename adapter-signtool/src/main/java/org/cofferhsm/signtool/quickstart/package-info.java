/** The quickstart's step for SignTool. */
@NullMarked
package org.cofferhsm.signtool.quickstart;

import org.jspecify.annotations.NullMarked;
