/** The audit log's view of a file: notes when it is signed, answers later. */
@NullMarked
package org.cofferhsm.signtool.commandline.history;

import org.jspecify.annotations.NullMarked;
