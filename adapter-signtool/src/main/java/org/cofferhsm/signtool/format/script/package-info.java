/** Scripts: text whose signature stands in comments. */
@NullMarked
package org.cofferhsm.signtool.format.script;

import org.jspecify.annotations.NullMarked;
