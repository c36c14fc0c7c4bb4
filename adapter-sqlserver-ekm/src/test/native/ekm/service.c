#define _GNU_SOURCE
#include "service.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "check.h"
#include "message.h"
#include "status.h"

enum { CONNECTIONS = 1024, CLIENTS = 64, SESSIONS = 20000, KEYS = 64, OPERATIONS = 64, SEALED = 29, NAME = 3000 };

typedef struct {
    char name[NAME];
    uint8_t thumbprint[EKM_THUMBPRINT];
    uint32_t algorithm;
} key;

typedef struct {
    uint8_t client[16];
    uint64_t number;
} open_session;

typedef struct {
    manner how;
    uint32_t number;
} fault;

struct service {
    char path[108];
    int listening;
    pthread_t accepting;
    pthread_mutex_t lock;
    pthread_cond_t released;
    bool going;
    fault faults[OPERATIONS];
    uint32_t resume_status;
    _Atomic long asked[OPERATIONS];
    int fds[CONNECTIONS];
    pthread_t threads[CONNECTIONS];
    int count;
    uint8_t clients[CLIENTS][16];
    int known;
    open_session sessions[SESSIONS];
    long open;
};

typedef struct {
    service *service;
    int fd;
    int slot;
    uint8_t client[16];
} visit;

static key keys[KEYS];
static uint32_t key_count;

static uint32_t get32(const uint8_t *b) {
    return (uint32_t) b[0] << 24 | (uint32_t) b[1] << 16 | (uint32_t) b[2] << 8 | b[3];
}

static void put32(uint8_t *b, uint32_t value) {
    for (int i = 3; i >= 0; i--, value >>= 8) {
        b[i] = (uint8_t) value;
    }
}

static bool read_all(int fd, uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t count = read(fd, bytes, size);
        if (count <= 0) {
            return false;
        }
        bytes += count;
        size -= (size_t) count;
    }
    return true;
}

static bool send_all(int fd, const uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t count = send(fd, bytes, size, MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        bytes += count;
        size -= (size_t) count;
    }
    return true;
}

static bool receive(int fd, uint8_t header[16], message *fields) {
    if (!read_all(fd, header, 16)) {
        return false;
    }
    size_t size = get32(header) - 12;
    uint8_t *body = malloc(size + 1);
    bool read = read_all(fd, body, size);
    message_raw(fields, body, read ? size : 0);
    free(body);
    return read;
}

static bool answer(int fd, uint8_t header[16], uint32_t status, const message *results) {
    size_t body = results->size - MESSAGE_HEADER;
    put32(header, (uint32_t) (12 + body));
    put32(header + 12, status);
    return send_all(fd, header, 16) && send_all(fd, results->bytes + MESSAGE_HEADER, body);
}

static bool recall(service *s, const uint8_t *client) {
    pthread_mutex_lock(&s->lock);
    bool found = false;
    for (int i = 0; i < s->known && !found; i++) {
        found = memcmp(s->clients[i], client, 16) == 0;
    }
    if (!found) {
        CHECK(s->known < CLIENTS);
        memcpy(s->clients[s->known++], client, 16);
    }
    pthread_mutex_unlock(&s->lock);
    return found;
}

static bool greet(visit *v) {
    uint8_t header[16];
    message fields, results;
    size_t size;
    message_init(&fields);
    message_init(&results);
    bool greeted = receive(v->fd, header, &fields);
    if (greeted) {
        message_read_u32(&fields);
        message_read_u16(&fields);
        const uint8_t *name = message_read_bytes(&fields, &size);
        CHECK(size == 3 && memcmp(name, "ekm", 3) == 0);
        memcpy(v->client, message_read_raw(&fields, 16), 16);
        message_u16(&results, 1);
        message_u8(&results, recall(v->service, v->client));
        message_bytes(&results, "serial of module", 16);
        message_text(&results, "test");
        greeted = answer(v->fd, header, 0, &results);
    }
    message_end(&fields);
    message_end(&results);
    return greeted;
}

static long find_session(service *s, const uint8_t *client, uint64_t number) {
    for (long i = 0; i < s->open; i++) {
        if (s->sessions[i].number == number && memcmp(s->sessions[i].client, client, 16) == 0) {
            return i;
        }
    }
    return -1;
}

static void add_session(service *s, const uint8_t *client, uint64_t number) {
    CHECK(s->open < SESSIONS);
    memcpy(s->sessions[s->open].client, client, 16);
    s->sessions[s->open++].number = number;
}

/* The holder, and the session: a ticket is good for these. */
static void write_ticket(message *results, const uint8_t *client, uint64_t number) {
    size_t place = message_begin_bytes(results);
    message_raw(results, client, 16);
    message_u64(results, number);
    message_end_bytes(results, place);
}

static uint32_t open_session_of(visit *v, message *fields, message *results) {
    size_t name_size, secret_size;
    uint64_t number = message_read_u64(fields);
    const uint8_t *name = message_read_bytes(fields, &name_size);
    const uint8_t *secret = message_read_bytes(fields, &secret_size);
    CHECK(message_done(fields) && number != 0);
    if (name_size != 5 || memcmp(name, "alice", 5) != 0 || secret_size != 3 || memcmp(secret, "pin", 3) != 0) {
        message_text(results, "the credential is\nwrong");
        return EKM_AUTH_FAILURE;
    }
    CHECK_EQUAL(find_session(v->service, v->client, number), -1);
    add_session(v->service, v->client, number);
    write_ticket(results, v->client, number);
    return 0;
}

static uint32_t resume(visit *v, message *fields, message *results) {
    service *s = v->service;
    const uint8_t *holder = message_read_raw(fields, 16);
    uint32_t count = message_read_u32(fields);
    message_u32(results, count);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t number = message_read_u64(fields);
        size_t size;
        const uint8_t *ticket = message_read_bytes(fields, &size);
        CHECK(size == 24 && memcmp(ticket, holder, 16) == 0);
        if (s->resume_status == 0 && find_session(s, v->client, number) < 0) {
            add_session(s, v->client, number);
        }
        message_u32(results, s->resume_status);
    }
    CHECK(message_done(fields));
    return 0;
}

static key *by_thumbprint(message *fields) {
    size_t size;
    const uint8_t *thumbprint = message_read_bytes(fields, &size);
    CHECK_EQUAL(size, EKM_THUMBPRINT);
    for (uint32_t i = 0; i < key_count; i++) {
        if (memcmp(keys[i].thumbprint, thumbprint, EKM_THUMBPRINT) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

static key *by_name(message *fields) {
    size_t size;
    const uint8_t *name = message_read_bytes(fields, &size);
    for (uint32_t i = 0; i < key_count; i++) {
        if (strlen(keys[i].name) == size && memcmp(keys[i].name, name, size) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

static uint32_t create(message *fields, message *results) {
    size_t size;
    const uint8_t *name = message_read_bytes(fields, &size);
    CHECK(key_count < KEYS && size < NAME);
    key *made = &keys[key_count++];
    memset(made, 0, sizeof *made);
    memcpy(made->name, name, size);
    made->algorithm = message_read_u32(fields);
    message_read_u32(fields);
    CHECK(message_done(fields));
    memset(made->thumbprint, (int) key_count, EKM_THUMBPRINT);
    message_bytes(results, made->thumbprint, EKM_THUMBPRINT);
    return 0;
}

static uint32_t describe(const service *s, const key *k, uint32_t operation, message *results) {
    if (k == NULL) {
        return EKM_NOT_FOUND;
    }
    static char name[NAME * 2];
    fault f = s->faults[operation];
    if (f.how == ANSWERS_BAD_NAME) {
        message_text(results, "\xc0\xaf");
    } else if (f.how == ANSWERS_LONG_NAME) {
        memset(name, 'n', f.number);
        message_bytes(results, name, f.number);
    } else {
        message_text(results, k->name);
    }
    message_bytes(results, k->thumbprint, EKM_THUMBPRINT);
    message_u32(results, k->algorithm);
    message_u32(results, EKM_KEY_SUPPORTED);
    return 0;
}

static uint32_t bits(const key *k) {
    return k->algorithm == 1 ? 2048 : k->algorithm == 2 ? 3072 : k->algorithm == 3 ? 4096 : 0;
}

/* RSA: the length, the text turned round, and zeros; else a header and the text turned round. */
static uint32_t encrypt(message *fields, message *results) {
    size_t size, iv_size;
    key *k = by_thumbprint(fields);
    message_read_bytes(fields, &iv_size);
    const uint8_t *plain = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    if (k == NULL) {
        return EKM_NOT_FOUND;
    }
    size_t place = message_begin_bytes(results);
    size_t total = bits(k) > 0 ? bits(k) / 8 : size + SEALED;
    message_u32(results, (uint32_t) size);
    for (size_t i = 0; i < total - 4; i++) {
        message_u8(results, i < size ? (uint8_t) ~plain[i] : 0);
    }
    message_end_bytes(results, place);
    return 0;
}

static uint32_t decrypt(message *fields, message *results) {
    size_t size, iv_size;
    key *k = by_thumbprint(fields);
    message_read_bytes(fields, &iv_size);
    const uint8_t *cipher = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    if (k == NULL) {
        return EKM_NOT_FOUND;
    }
    if (size < SEALED || get32(cipher) > size - 4) {
        message_text(results, "altered");
        return EKM_DATA_INVALID;
    }
    size_t place = message_begin_bytes(results);
    for (size_t i = 0; i < get32(cipher); i++) {
        message_u8(results, (uint8_t) ~cipher[4 + i]);
    }
    message_end_bytes(results, place);
    return 0;
}

static uint32_t export(message *fields, message *results) {
    key *k = by_thumbprint(fields);
    if (k == NULL) {
        return EKM_NOT_FOUND;
    }
    size_t place = message_begin_bytes(results);
    message_raw(results, "RSA1", 4);
    for (uint32_t i = 4; i < 27 + bits(k) / 8; i++) {
        message_u8(results, (uint8_t) i);
    }
    message_end_bytes(results, place);
    return 0;
}

static uint32_t next(message *fields, message *results) {
    uint32_t id = message_read_u32(fields);
    if (id >= key_count) {
        return EKM_NOT_FOUND;
    }
    message_u32(results, id + 1);
    return 0;
}

static uint32_t close_session(visit *v, long at) {
    service *s = v->service;
    s->sessions[at] = s->sessions[--s->open];
    return 0;
}

static uint32_t within(visit *v, uint32_t operation, message *fields, message *results) {
    uint64_t number = message_read_u64(fields);
    long at = find_session(v->service, v->client, number);
    if (at < 0) {
        return EKM_SESSION_EXPIRED;
    }
    uint32_t id;
    switch (operation) {
        case OPERATION_CLOSE_SESSION:
            return close_session(v, at);
        case OPERATION_REFRESH:
            write_ticket(results, v->client, number);
            return 0;
        case OPERATION_CREATE_KEY:
            return create(fields, results);
        case OPERATION_DROP_KEY:
            return by_thumbprint(fields) == NULL ? EKM_NOT_FOUND : 0;
        case OPERATION_NEXT_KEY:
            return next(fields, results);
        case OPERATION_KEY_BY_ID:
            id = message_read_u32(fields);
            return describe(v->service, id <= key_count ? &keys[id - 1] : NULL, operation, results);
        case OPERATION_KEY_BY_THUMBPRINT:
            return describe(v->service, by_thumbprint(fields), operation, results);
        case OPERATION_KEY_BY_NAME:
            return describe(v->service, by_name(fields), operation, results);
        case OPERATION_EXPORT_KEY:
            return export(fields, results);
        case OPERATION_ENCRYPT:
            return encrypt(fields, results);
        case OPERATION_DECRYPT:
            return decrypt(fields, results);
        default:
            return 0xffff0007u;
    }
}

static uint32_t obey(visit *v, uint32_t operation, message *fields, message *results) {
    switch (operation) {
        case OPERATION_OPEN_SESSION:
            return open_session_of(v, fields, results);
        case OPERATION_RESUME:
            return resume(v, fields, results);
        default:
            return within(v, operation, fields, results);
    }
}

/* False when the connection is to be closed without an answer. */
static bool spoil(service *s, fault *f, uint32_t *status, message *results) {
    switch (f->how) {
        case ANSWERS_STATUS:
            message_end(results);
            message_text(results, "because");
            *status = f->number;
            return true;
        case ANSWERS_LESS:
            results->size -= f->number < results->size - MESSAGE_HEADER ? f->number : results->size - MESSAGE_HEADER;
            return true;
        case ANSWERS_MORE:
            message_u8(results, 0);
            return true;
        case ANSWERS_NUMBER:
            put32(results->bytes + MESSAGE_HEADER, f->number);
            return true;
        case ANSWERS_LONG_THUMB:
            message_end(results);
            message_bytes(results, "123456789012345678901234567890123", 33);
            return true;
        case ANSWERS_LONG_DATA:
            message_end(results);
            message_u32(results, f->number);
            for (uint32_t i = 0; i < f->number; i++) {
                message_u8(results, 'd');
            }
            return true;
        case HANGS_UP:
            f->how = --f->number == 0 ? BEHAVES : HANGS_UP;
            return false;
        case HANGS:
            while (s->going && f->how == HANGS) {
                pthread_cond_wait(&s->released, &s->lock);
            }
            return s->going;
        default:
            return true;
    }
}

static bool serve_one(visit *v) {
    service *s = v->service;
    uint8_t header[16];
    message fields, results;
    message_init(&fields);
    message_init(&results);
    bool going = receive(v->fd, header, &fields);
    if (going) {
        uint32_t operation = get32(header + 12);
        CHECK(operation < OPERATIONS);
        pthread_mutex_lock(&s->lock);
        s->asked[operation]++;
        uint32_t status = obey(v, operation, &fields, &results);
        going = spoil(s, &s->faults[operation], &status, &results);
        pthread_mutex_unlock(&s->lock);
        going = going && answer(v->fd, header, status, &results);
    }
    message_end(&fields);
    message_end(&results);
    return going;
}

static void *serve(void *context) {
    visit v = *(visit *) context;
    free(context);
    if (greet(&v)) {
        while (serve_one(&v)) {
        }
    }
    pthread_mutex_lock(&v.service->lock);
    close(v.fd);
    v.service->fds[v.slot] = -1;
    pthread_mutex_unlock(&v.service->lock);
    return NULL;
}

static void admit(service *s, int fd) {
    pthread_mutex_lock(&s->lock);
    CHECK(s->count < CONNECTIONS);
    visit *v = malloc(sizeof *v);
    *v = (visit) {.service = s, .fd = fd, .slot = s->count};
    s->fds[s->count] = fd;
    CHECK_EQUAL(pthread_create(&s->threads[s->count++], NULL, serve, v), 0);
    pthread_mutex_unlock(&s->lock);
}

static void *accept_all(void *context) {
    service *s = context;
    for (;;) {
        int fd = accept4(s->listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0) {
            admit(s, fd);
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return NULL;
        }
    }
}

service *service_start(const char *path) {
    service *s = calloc(1, sizeof *s);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    CHECK(strlen(path) < sizeof address.sun_path);
    strcpy(s->path, path);
    strcpy(address.sun_path, path);
    s->going = true;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->released, NULL);
    s->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(path);
    CHECK_EQUAL(bind(s->listening, (struct sockaddr *) &address, sizeof address), 0);
    CHECK_EQUAL(listen(s->listening, 64), 0);
    CHECK_EQUAL(pthread_create(&s->accepting, NULL, accept_all, s), 0);
    return s;
}

void service_stop(service *s) {
    unlink(s->path);
    shutdown(s->listening, SHUT_RDWR);
    pthread_join(s->accepting, NULL);
    close(s->listening);
    pthread_mutex_lock(&s->lock);
    s->going = false;
    pthread_cond_broadcast(&s->released);
    for (int i = 0; i < s->count; i++) {
        if (s->fds[i] >= 0) {
            shutdown(s->fds[i], SHUT_RDWR);
        }
    }
    pthread_mutex_unlock(&s->lock);
    for (int i = 0; i < s->count; i++) {
        pthread_join(s->threads[i], NULL);
    }
    pthread_cond_destroy(&s->released);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

void service_misbehave(service *s, uint32_t operation, manner how, uint32_t number) {
    pthread_mutex_lock(&s->lock);
    s->faults[operation] = (fault) {how, number};
    pthread_mutex_unlock(&s->lock);
}

void service_release(service *s) {
    pthread_mutex_lock(&s->lock);
    for (int i = 0; i < OPERATIONS; i++) {
        s->faults[i].how = s->faults[i].how == HANGS ? BEHAVES : s->faults[i].how;
    }
    pthread_cond_broadcast(&s->released);
    pthread_mutex_unlock(&s->lock);
}

long service_asked(service *s, uint32_t operation) {
    return s->asked[operation];
}

long service_sessions(service *s) {
    pthread_mutex_lock(&s->lock);
    long open = s->open;
    pthread_mutex_unlock(&s->lock);
    return open;
}

void service_resumes_with(service *s, uint32_t status) {
    pthread_mutex_lock(&s->lock);
    s->resume_status = status;
    pthread_mutex_unlock(&s->lock);
}

void service_forget_sessions(service *s) {
    pthread_mutex_lock(&s->lock);
    s->open = 0;
    pthread_mutex_unlock(&s->lock);
}

void service_forget_keys(void) {
    key_count = 0;
}
