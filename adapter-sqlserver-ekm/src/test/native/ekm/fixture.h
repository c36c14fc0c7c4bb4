/* A directory with a configuration and the test's service in it, and what SQL Server would have in its hands. */
#ifndef COFFER_EKM_TEST_FIXTURE_H
#define COFFER_EKM_TEST_FIXTURE_H

#include <stdbool.h>

#include "abi.h"
#include "check.h"
#include "service.h"

enum { GUARD = 16, GUARDED = 8192 };

/* Bytes with a canary before and behind them. */
typedef struct {
    uint8_t bytes[GUARD + GUARDED + GUARD];
} guarded;

void fixture_begin(void);
void fixture_end(void);

/* deadline-ms and open-retry-ms from now on. */
void fixture_configure(int deadline, int retry);

/* ticket-refresh-s from now on, with the first deadlines. */
void fixture_refresh_after(int seconds);

service *fixture_serve(void);

/* Opens a session of alice's. */
ekm_handle fixture_open(void);

ekm_status fixture_open_with(const char *name, const char *secret, ekm_handle *handle);

/* UTF-16 of ASCII, in a ring of a few buffers. */
ekm_text fixture_text(const char *ascii);

/* A key of that name; gives its thumbprint, in a ring of a few buffers. */
ekm_data fixture_create(ekm_handle session, const char *name, uint32_t algorithm);

/* A buffer of that size between canaries. */
ekm_data guard(guarded *, uint32_t size);

/* Checks that nothing was written outside of so many bytes. */
void guard_check(const guarded *, uint32_t size);

#endif
