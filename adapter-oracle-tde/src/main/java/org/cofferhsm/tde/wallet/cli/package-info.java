/** The commands of {@code coffer tde} on wallets. */
@NullMarked
package org.cofferhsm.tde.wallet.cli;

import org.jspecify.annotations.NullMarked;
