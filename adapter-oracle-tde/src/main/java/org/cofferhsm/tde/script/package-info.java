/** The SQL and the settings by which a DBA has Oracle Database use Coffer, per release and topology. */
@NullMarked
package org.cofferhsm.tde.script;

import org.jspecify.annotations.NullMarked;
