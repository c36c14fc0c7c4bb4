/* The locks that the calling program asked for in C_Initialize (PKCS#11 v3.1 §5.4): its own mutexes, or the system's. */
#ifndef COFFER_LOCKS_H
#define COFFER_LOCKS_H

#include "channel.h"
#include "cryptoki.h"

/*
 * Chooses by the arguments of C_Initialize. A program that asks for no locking gets the system's all the same: it costs
 * nanoseconds, and some say so and then call from two threads.
 */
CK_RV locks_choose(const CK_C_INITIALIZE_ARGS *arguments, channel_locks *locks);

#endif
