/** Oracle wallets: read, kept in escrow, rebuilt, and made for an HSM's password. */
@NullMarked
package org.cofferhsm.tde.wallet;

import org.jspecify.annotations.NullMarked;
