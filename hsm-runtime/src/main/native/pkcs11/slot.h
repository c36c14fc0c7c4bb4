/* The one slot, and calls about it that need no session. */
#ifndef COFFER_SLOT_H
#define COFFER_SLOT_H

#include "exchange.h"

#define THE_SLOT 0UL

/* Enters the module for a call about that slot; CKR_SLOT_ID_INVALID. */
CK_RV slot_enter(p11_module **entered, CK_SLOT_ID slot);

#endif
