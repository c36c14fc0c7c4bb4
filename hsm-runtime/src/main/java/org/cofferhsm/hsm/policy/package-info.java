/** Who may do what with which key: pure decisions, no input or output. */
@NullMarked
package org.cofferhsm.hsm.policy;

import org.jspecify.annotations.NullMarked;
