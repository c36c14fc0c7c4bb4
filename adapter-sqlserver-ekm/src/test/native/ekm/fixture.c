#define _GNU_SOURCE
#include "fixture.h"

#include <string.h>

#include "scratch.h"

static void configure(int deadline, int retry, int refresh) {
    scratch_write("coffer-ekm.conf",
            "socket = %s\nlog = none\ndeadline-ms = %d\nopen-retry-ms = %d\nticket-refresh-s = %d\n",
            scratch_path("coffer.sock"), deadline, retry, refresh);
    setenv("COFFER_EKM_CONF", scratch_path("coffer-ekm.conf"), 1);
    CHECK_EQUAL(SqlCryptFreeProvider(), EKM_SUCCESS);
    CHECK_EQUAL(SqlCryptInitializeProvider(), EKM_SUCCESS);
}

void fixture_configure(int deadline, int retry) {
    configure(deadline, retry, 10800);
}

void fixture_refresh_after(int seconds) {
    configure(2000, 100, seconds);
}

void fixture_begin(void) {
    scratch_begin();
    unsetenv("COFFER_SOCKET");
    fixture_configure(2000, 100);
}

void fixture_end(void) {
    SqlCryptFreeProvider();
    scratch_remove("coffer-ekm.conf");
    scratch_end();
}

service *fixture_serve(void) {
    return service_start(scratch_path("coffer.sock"));
}

ekm_text fixture_text(const char *ascii) {
    static __thread uint16_t ring[8][4096];
    static __thread unsigned at;
    uint16_t *units = ring[at++ % 8];
    size_t size = strlen(ascii);
    for (size_t i = 0; i < size; i++) {
        units[i] = (uint8_t) ascii[i];
    }
    return (ekm_text) {(uint32_t) size * 2, units};
}

ekm_status fixture_open_with(const char *name, const char *secret, ekm_handle *handle) {
    ekm_credential credential = {fixture_text(name), fixture_text(secret)};
    return SqlCryptOpenSession(&credential, handle);
}

ekm_handle fixture_open(void) {
    ekm_handle handle = NULL;
    CHECK_EQUAL(fixture_open_with("alice", "pin", &handle), EKM_SUCCESS);
    return handle;
}

ekm_data fixture_create(ekm_handle session, const char *name, uint32_t algorithm) {
    static __thread uint8_t ring[8][EKM_THUMBPRINT];
    static __thread unsigned at;
    ekm_text text = fixture_text(name);
    ekm_data thumbprint = {EKM_THUMBPRINT, ring[at++ % 8]};
    CHECK_EQUAL(SqlCryptCreateKey(&session, &text, algorithm, 0, &thumbprint), EKM_SUCCESS);
    return thumbprint;
}

ekm_data guard(guarded *g, uint32_t size) {
    CHECK(size <= GUARDED);
    memset(g->bytes, 0xc5, sizeof g->bytes);
    return (ekm_data) {size, g->bytes + GUARD};
}

void guard_check(const guarded *g, uint32_t size) {
    for (size_t i = 0; i < sizeof g->bytes; i++) {
        CHECK((i >= GUARD && i < GUARD + size) || g->bytes[i] == 0xc5);
    }
}
