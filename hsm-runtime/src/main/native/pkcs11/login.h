/* Who is logged in, and how that survives a restart of the service and a fork. */
#ifndef COFFER_LOGIN_H
#define COFFER_LOGIN_H

#include <stdbool.h>
#include <time.h>

#include "channel.h"
#include "cryptoki.h"
#include "octets.h"

struct p11_module;

typedef struct {
    bool logged_in;
    uint64_t number; /* tells this login from those before it */
    CK_USER_TYPE user;
    octets ticket;
    uint8_t holder[16]; /* the number of the client that the ticket was given to: this process, or its parent */
    time_t received; /* of the ticket, by a clock that also runs while the machine sleeps */
} login_state;

/* With the table lock held, or before and after anybody else can see the module. */
void login_forget(login_state *state);

/* Whether it is the login of that number that is there now, and no later one. With the table lock held. */
bool login_goes_on(const login_state *state, uint64_t number);

/* Forgets the login with what was learnt and made under it: the next user may not see that. With the table lock held. */
void login_end(struct p11_module *module);

/* The rest takes the table lock. */

/* Remembers a login; false when there is no memory for the ticket. */
bool login_remember(struct p11_module *module, CK_USER_TYPE user, const uint8_t *ticket, size_t size);

/* Asks for a new ticket when the present one has used up a quarter of its life. */
void login_refresh(struct p11_module *module);

/* The channel's resume callback: the context is the module. */
bool login_resume(void *context, channel *line, void *connection);

#endif
