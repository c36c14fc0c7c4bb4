/*
 * SQL Server's side of a provider whose service answers anything: each of the 17 functions, with buffers of any size, in any order.
 * Each buffer is as large as is said and no byte larger, so that the sanitizer sees what is written or read beside it.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi.h"
#include "input.h"

enum { SESSIONS = 4, CALLS = 24 };

static ekm_handle sessions[SESSIONS];

static void require(int condition) {
    if (!condition) {
        abort();
    }
}

/* Statuses of the service that only one who shows a credential is told, and numbers that are not for SQL Server. */
static ekm_status check(ekm_status status) {
    require(status <= EKM_INVALID_ARGUMENT || (status > EKM_RESERVED && status < 0xffff0000u));
    require(status != EKM_AUTH_FAILURE);
    return status;
}

static void *room(size_t size) {
    void *made = malloc(size == 0 ? 1 : size);
    require(made != NULL);
    return made;
}

/* A result, and what it was before the call. */
typedef struct {
    ekm_data data;
    ekm_data before;
    uint8_t *owned;
} result;

static result result_of(void) {
    uint8_t kind = input_u8();
    uint32_t cb = kind < 64 ? 20 : kind < 160 ? input_u8() : input_u16() % 2048;
    uint8_t *owned = room(cb);
    memset(owned, 0xc5, cb);
    result r = {.data = {cb, kind % 8 == 7 ? NULL : owned}, .owned = owned};
    r.before = r.data;
    return r;
}

static bool too_small(const result *r) {
    return r->data.cb > r->before.cb || (r->before.pb == NULL && r->data.cb > 0);
}

/* The pointer stays; the length is what was written, or what is needed, or nothing has become of it. */
static void check_result(const result *r, ekm_status status) {
    require(r->data.pb == r->before.pb);
    if (status == EKM_SUCCESS) {
        require(!too_small(r));
    } else if (status != EKM_INSUFFICIENT_BUFFER) {
        require(r->data.cb == r->before.cb);
    }
}

/* When none is too small, there was no reason to say so. */
static void finish(result *r, result *other, ekm_status status) {
    check_result(r, status);
    if (other != NULL) {
        check_result(other, status);
    }
    require(status != EKM_INSUFFICIENT_BUFFER || too_small(r) || (other != NULL && too_small(other)));
    free(r->owned);
    if (other != NULL) {
        free(other->owned);
    }
}

static ekm_data argument(void) {
    uint8_t kind = input_u8();
    uint32_t cb = kind < 128 ? EKM_THUMBPRINT : kind < 200 ? kind - 128u : input_u16() % 1024;
    uint8_t *bytes = room(cb);
    if (kind < 64) {
        memset(bytes, input_u8(), cb);
    } else {
        input_fill(bytes, cb);
    }
    return (ekm_data) {cb, bytes};
}

static ekm_text text(void) {
    uint8_t kind = input_u8();
    uint32_t cb = kind < 128 ? (kind % 16) * 2u : input_u16() % 700;
    uint8_t *bytes = room(cb);
    input_fill(bytes, cb);
    return (ekm_text) {cb, (uint16_t *) (void *) bytes};
}

static ekm_handle *handle(void) {
    return &sessions[input_u8() % SESSIONS];
}

static void open_session(void) {
    ekm_credential credential = {text(), text()};
    ekm_handle opened = NULL;
    ekm_status status = SqlCryptOpenSession(&credential, &opened);
    check(status == EKM_AUTH_FAILURE ? EKM_FAILURE : status);
    require((status == EKM_SUCCESS) == (opened != NULL));
    if (opened != NULL) {
        *handle() = opened; /* another one that was there is closed by SqlCryptFreeProvider */
    }
    free(credential.name.ws);
    free(credential.secret.ws);
}

static void provider_info(void) {
    result name = result_of();
    ekm_provider_info info = {.name = {name.data.cb, (uint16_t *) (void *) name.data.pb}};
    ekm_status status = check(SqlCryptGetProviderInfo(&info));
    name.data.cb = info.name.cb;
    finish(&name, NULL, status);
}

static void algorithm_info(void) {
    result tag = result_of();
    ekm_algorithm_info info = {.tag = {tag.data.cb, (uint16_t *) (void *) tag.data.pb}};
    ekm_status status = check(SqlCryptGetAlgorithmInfo(input_u8() % 24, &info));
    tag.data.cb = info.tag.cb;
    finish(&tag, NULL, status);
}

static void next_algorithm(void) {
    uint32_t id = input_u8() % 24;
    check(SqlCryptGetNextAlgorithmId(&id));
}

static void create_key(void) {
    result thumbprint = result_of();
    ekm_text name = text();
    ekm_status status = check(SqlCryptCreateKey(handle(), &name, input_u8() % 20, input_u8(), &thumbprint.data));
    finish(&thumbprint, NULL, status);
    free(name.ws);
}

static void drop_key(void) {
    ekm_data thumbprint = argument();
    check(SqlCryptDropKey(handle(), &thumbprint));
    free(thumbprint.pb);
}

static void next_key(void) {
    uint32_t id = input_u8();
    uint32_t before = id;
    ekm_status status = check(SqlCryptGetNextKeyId(handle(), &id));
    require(status != EKM_INSUFFICIENT_BUFFER && (status == EKM_SUCCESS ? id != 0 : id == before));
}

static void key_info(unsigned by) {
    result name = result_of();
    result thumbprint = result_of();
    ekm_key_info info = {.name = {name.data.cb, (uint16_t *) (void *) name.data.pb}, .thumbprint = thumbprint.data};
    ekm_data asked = argument();
    ekm_text called = text();
    ekm_status status = by == 0 ? SqlCryptGetKeyInfoByKeyId(handle(), input_u8(), &info)
            : by == 1 ? SqlCryptGetKeyInfoByThumb(handle(), &asked, &info)
            : SqlCryptGetKeyInfoByName(handle(), &called, &info);
    name.data.cb = info.name.cb;
    name.data.pb = (uint8_t *) info.name.ws;
    thumbprint.data = info.thumbprint;
    finish(&name, &thumbprint, check(status));
    free(asked.pb);
    free(called.ws);
}

static void export_key(void) {
    result blob = result_of();
    ekm_data thumbprint = argument();
    ekm_status status = check(SqlCryptExportKey(handle(), &thumbprint, NULL, input_u8() < 240 ? EKM_BLOB_PUBLIC : 2, &blob.data));
    finish(&blob, NULL, status);
    free(thumbprint.pb);
}

static void import_key(void) {
    ekm_data blob = argument();
    require(SqlCryptImportKey(handle(), NULL, NULL, input_u8(), 0, &blob) == EKM_NOT_SUPPORTED);
    free(blob.pb);
}

static void cipher(bool encrypt) {
    result out = result_of();
    ekm_data thumbprint = argument();
    ekm_data in = argument();
    ekm_data bytes = argument();
    ekm_parameter iv = {EKM_PARAMETER_IV, bytes.cb, bytes.pb};
    uint8_t how = input_u8();
    ekm_status status = (encrypt ? SqlCryptEncrypt : SqlCryptDecrypt)(
            handle(), &thumbprint, how < 250, &iv, how % 8 == 0 ? 1 : 0, &in, &out.data);
    finish(&out, NULL, check(status));
    free(thumbprint.pb);
    free(in.pb);
    free(bytes.pb);
}

static void call(void) {
    switch (input_u8() % 18) {
        case 0:
        case 1:
            open_session();
            break;
        case 2:
            check(SqlCryptCloseSession(handle(), input_u8() & 1));
            break;
        case 3:
            provider_info();
            break;
        case 4:
            algorithm_info();
            break;
        case 5:
            next_algorithm();
            break;
        case 6:
            create_key();
            break;
        case 7:
            drop_key();
            break;
        case 8:
            next_key();
            break;
        case 9:
        case 10:
        case 11:
            key_info(input_u8() % 3);
            break;
        case 12:
            export_key();
            break;
        case 13:
            import_key();
            break;
        case 14:
            require(SqlCryptInitializeProvider() == EKM_SUCCESS);
            require(SqlCryptFreeProvider() == EKM_SUCCESS);
            break;
        default:
            cipher(input_u8() & 1);
    }
}

/* No pauses: who is not there is not waited for. */
static void configure(void) {
    static char name[] = "/tmp/coffer-ekm-fuzz-XXXXXX";
    static const char lines[] = "socket = /nowhere\nlog = none\ndeadline-ms = 1\nopen-retry-ms = 0\n";
    int fd = mkstemp(name);
    require(fd >= 0 && write(fd, lines, sizeof lines - 1) == (ssize_t) (sizeof lines - 1) && close(fd) == 0);
    require(setenv("COFFER_EKM_CONF", name, 1) == 0);
}

static void forget_configuration(void) {
    unlink(getenv("COFFER_EKM_CONF"));
}

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *count, char ***arguments) {
    (void) count;
    (void) arguments;
    unsetenv("COFFER_SOCKET");
    configure();
    atexit(forget_configuration);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input_begin(data, size);
    memset(sessions, 0, sizeof sessions);
    require(SqlCryptInitializeProvider() == EKM_SUCCESS);
    for (int i = 0; i < CALLS && !input_is_over(); i++) {
        call();
    }
    require(SqlCryptFreeProvider() == EKM_SUCCESS);
    return 0;
}
