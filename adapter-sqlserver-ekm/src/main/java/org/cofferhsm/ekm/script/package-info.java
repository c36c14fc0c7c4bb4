/** The T-SQL that a database administrator runs, with the names of the site put in. */
@NullMarked
package org.cofferhsm.ekm.script;

import org.jspecify.annotations.NullMarked;
