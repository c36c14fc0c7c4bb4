#ifndef COFFER_BENCHMARK_TOKEN_H
#define COFFER_BENCHMARK_TOKEN_H

#include "numbers.h"

#include <stdint.h>
#include <sys/types.h>

/* One module to measure. */
struct target {
    const char *name;
    const char *path;
    const char *label; /* of the token */
    const char *pin;
    pid_t service; /* the process that does the work, 0 when the program's own does */
};

/* A module that this process has loaded, and its token. */
struct token {
    const struct target *target;
    CK_FUNCTION_LIST *calls;
    CK_SLOT_ID slot;
};

/* Loads and initialises the module and finds the token; ends the process with a message when it cannot. */
void token_open(struct token *token, const struct target *target);

/* Prints the label of the first token of a module. */
void token_print_label(const char *path);

/* A read-write session of the token. */
CK_SESSION_HANDLE token_session(const struct token *token);

/* Logs the user in, unless somebody in this process already has. */
void token_login(const struct token *token, CK_SESSION_HANDLE session);

/* Finalises the module. */
void token_close(struct token *token);

/* Ends the process when a call that has to work did not. */
void require(CK_RV result, const struct target *target, const char *call);

#endif
