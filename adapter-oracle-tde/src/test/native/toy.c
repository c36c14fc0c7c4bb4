/* A PKCS#11 library that misbehaves: -DCRASHES, -DHANGS, or -DWRITE_PROTECTED. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long word;

enum { FUNCTIONS = 68, INITIALIZE = 0, FINALIZE = 1, GET_SLOT_LIST = 4, GET_TOKEN_INFO = 6, FLAGS = 96 };
enum { OK = 0, NOT_SUPPORTED = 0x54, WRITE_PROTECTED_FLAG = 0x2, LOGIN_REQUIRED = 0x4, INITIALIZED = 0x400 };

static struct {
    unsigned char version[2];
    void *functions[FUNCTIONS];
} list = {.version = {2, 40}};

static word unsupported(void) {
    return NOT_SUPPORTED;
}

static word initialize(void *arguments) {
    (void) arguments;
#ifdef CRASHES
    raise(SIGSEGV);
#endif
#ifdef HANGS
    for (;;) {
        pause();
    }
#endif
    return OK;
}

static word get_slot_list(unsigned char present, word *slots, word *count) {
    (void) present;
    if (slots != NULL) {
        slots[0] = 0;
    }
    *count = 1;
    return OK;
}

static word get_token_info(word slot, unsigned char *info) {
    (void) slot;
    word flags = WRITE_PROTECTED_FLAG | LOGIN_REQUIRED | INITIALIZED;
    memset(info, ' ', FLAGS);
    memcpy(info + FLAGS, &flags, sizeof flags);
    return OK;
}

word C_GetFunctionList(void **answer) {
    for (int i = 0; i < FUNCTIONS; i++) {
        list.functions[i] = (void *) unsupported;
    }
    list.functions[INITIALIZE] = (void *) initialize;
    list.functions[FINALIZE] = (void *) initialize;
    list.functions[GET_SLOT_LIST] = (void *) get_slot_list;
    list.functions[GET_TOKEN_INFO] = (void *) get_token_info;
    *answer = &list;
    return OK;
}
