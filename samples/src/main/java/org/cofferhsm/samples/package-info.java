/** Walk-throughs: one small program for each thing that Coffer is used for. */
@NullMarked
package org.cofferhsm.samples;

import org.jspecify.annotations.NullMarked;
