/** The object store: authenticated records in a database, a keyed root over them all. */
@NullMarked
package org.cofferhsm.hsm.store;

import org.jspecify.annotations.NullMarked;
