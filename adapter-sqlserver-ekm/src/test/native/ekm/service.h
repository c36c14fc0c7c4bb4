/*
 * A service `ekm` for the tests: threads in this process that speak the protocol, and break it when told to. Keys outlive it, as
 * those of a module do; clients and sessions are forgotten when it stops. Its user is "alice", her secret "pin".
 */
#ifndef COFFER_EKM_TEST_SERVICE_H
#define COFFER_EKM_TEST_SERVICE_H

#include <stdint.h>

typedef struct service service;

/* What it does with one operation instead of answering. */
typedef enum {
    BEHAVES,
    ANSWERS_STATUS,    /* the number is the status */
    ANSWERS_LESS,      /* the results without so many last bytes */
    ANSWERS_MORE,      /* one byte more */
    ANSWERS_NUMBER,    /* the number where a length or a count should begin the results */
    ANSWERS_BAD_NAME,  /* a key's name that is no UTF-8 */
    ANSWERS_LONG_NAME, /* one of so many characters */
    ANSWERS_LONG_THUMB,/* a thumbprint of 33 bytes */
    ANSWERS_LONG_DATA, /* so many bytes */
    HANGS_UP,          /* so many times */
    HANGS              /* until service_release */
} manner;

service *service_start(const char *path);

void service_stop(service *);

void service_misbehave(service *, uint32_t operation, manner, uint32_t number);

/* Lets go of those who hang. */
void service_release(service *);

/* How often it was asked; how many sessions it has open. */
long service_asked(service *, uint32_t operation);
long service_sessions(service *);

/* What RESUME says of each session from now on. */
void service_resumes_with(service *, uint32_t status);

/* Forgets all sessions, but not the clients: as if a session had been opened at another service. */
void service_forget_sessions(service *);

/* All keys are gone. */
void service_forget_keys(void);

#endif
