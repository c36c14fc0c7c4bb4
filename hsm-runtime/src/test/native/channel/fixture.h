/* A directory of its own, a configuration in it, and channels that read it. */
#ifndef COFFER_FIXTURE_H
#define COFFER_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "channel.h"
#include "check.h"
#include "deadline.h"
#include "toy.h"

enum { MILLISECOND = 1000 };

/* Makes the directory and an empty configuration. */
void fixture_begin(void);

/* Removes the directory. */
void fixture_end(void);

/* coffer.sock in the directory. */
const char *fixture_socket(void);

/* The file "token" in the directory with this text; its path. */
const char *fixture_token(const char *text);

/* The configuration is the log and these lines alone. */
void fixture_configure_alone(const char *lines);

/* So many lines of the log contain the text. */
int fixture_logged(const char *text);

/* Empties the log; the configuration is the socket, the log, and these lines. */
void fixture_configure(const char *lines);

channel *fixture_open(channel_resume resume, void *context);

/* Calls with a number that the toy echoes, which is checked. */
channel_outcome fixture_call(channel *, uint32_t operation, unsigned treatment);

/* Waits until the toy has so many connections; fails after two seconds. */
void fixture_await_open(toy *, long count);

/* Waits until the toy has got so many requests; fails after two seconds. */
void fixture_await_done(toy *, long count);

/* Waits until so many connections have greeted the toy; fails after two seconds. */
void fixture_await_greeted(toy *, long count);

#endif
