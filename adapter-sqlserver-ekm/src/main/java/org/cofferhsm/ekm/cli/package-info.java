/** {@code coffer ekm}: keys, the T-SQL for a database administrator, and a check of the installation. */
@NullMarked
package org.cofferhsm.ekm.cli;

import org.jspecify.annotations.NullMarked;
