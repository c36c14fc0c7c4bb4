#include "locks.h"

#include <pthread.h>
#include <stdlib.h>

/* The program's mutex functions return CK_RV and carry no context of ours, hence these wrappers and the one copy. */
static CK_C_INITIALIZE_ARGS theirs;

static int create_theirs(void **lock) {
    return theirs.CreateMutex(lock) == CKR_OK ? 0 : -1;
}

static int destroy_theirs(void *lock) {
    return theirs.DestroyMutex(lock) == CKR_OK ? 0 : -1;
}

static int lock_theirs(void *lock) {
    return theirs.LockMutex(lock) == CKR_OK ? 0 : -1;
}

static int unlock_theirs(void *lock) {
    return theirs.UnlockMutex(lock) == CKR_OK ? 0 : -1;
}

static int create_own(void **lock) {
    pthread_mutex_t *mutex = malloc(sizeof *mutex);
    if (mutex == NULL) {
        return -1;
    }
    if (pthread_mutex_init(mutex, NULL) != 0) {
        free(mutex);
        return -1;
    }
    *lock = mutex;
    return 0;
}

static int destroy_own(void *lock) {
    int failed = pthread_mutex_destroy(lock);
    free(lock);
    return failed;
}

static int lock_own(void *lock) {
    return pthread_mutex_lock(lock);
}

static int unlock_own(void *lock) {
    return pthread_mutex_unlock(lock);
}

static int functions_given(const CK_C_INITIALIZE_ARGS *arguments) {
    return (arguments->CreateMutex != NULL) + (arguments->DestroyMutex != NULL) + (arguments->LockMutex != NULL)
        + (arguments->UnlockMutex != NULL);
}

CK_RV locks_choose(const CK_C_INITIALIZE_ARGS *arguments, channel_locks *locks) {
    int given = functions_given(arguments);
    if (given != 0 && given != 4) {
        return CKR_ARGUMENTS_BAD;
    }
    if (given == 0 || (arguments->flags & CKF_OS_LOCKING_OK) != 0) {
        *locks = (channel_locks){create_own, destroy_own, lock_own, unlock_own};
        return CKR_OK;
    }
    theirs = *arguments;
    *locks = (channel_locks){create_theirs, destroy_theirs, lock_theirs, unlock_theirs};
    return CKR_OK;
}
