#define _GNU_SOURCE
#include "token_inside.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct {
    token *token;
    int fd;
    int slot;
    client *client;
} visit;

static bool read_all(int fd, uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t count = read(fd, bytes, size);
        if (count <= 0) {
            return false;
        }
        bytes += count;
        size -= (size_t)count;
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
        size -= (size_t)count;
    }
    return true;
}

static uint32_t get32(const uint8_t *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void put32(uint8_t *b, uint32_t value) {
    for (int i = 3; i >= 0; i--, value >>= 8) {
        b[i] = (uint8_t)value;
    }
}

/* A request without its header. */
typedef struct {
    uint8_t header[16];
    message fields;
} frame;

static bool receive(int fd, frame *f) {
    static __thread uint8_t chunk[65536];
    message_init(&f->fields);
    if (!read_all(fd, f->header, sizeof f->header)) {
        return false;
    }
    for (size_t left = get32(f->header) - 12; left > 0;) {
        size_t size = left < sizeof chunk ? left : sizeof chunk;
        if (!read_all(fd, chunk, size)) {
            return false;
        }
        message_raw(&f->fields, chunk, size);
        left -= size;
    }
    return true;
}

static bool answer(int fd, const frame *f, uint32_t status, const message *results) {
    uint8_t header[16];
    size_t body = results->size - MESSAGE_HEADER;
    put32(header, (uint32_t)(12 + body));
    memcpy(header + 4, f->header + 4, 8);
    put32(header + 12, status);
    return send_all(fd, header, sizeof header) && send_all(fd, results->bytes + MESSAGE_HEADER, body);
}

static client *recall(token *t, const uint8_t *number, bool *known) {
    pthread_mutex_lock(&t->lock);
    client *found = NULL;
    for (int i = 0; i < t->known && found == NULL; i++) {
        if (memcmp(t->clients[i].number, number, 16) == 0) {
            found = &t->clients[i];
        }
    }
    *known = found != NULL;
    if (found == NULL) {
        CHECK(t->known < CLIENTS);
        found = &t->clients[t->known++];
        memcpy(found->number, number, 16);
    }
    pthread_mutex_unlock(&t->lock);
    return found;
}

static bool greet(visit *v, frame *f, message *results) {
    size_t size;
    bool known;
    CHECK_EQUAL(message_read_u32(&f->fields), 0x434f4652);
    CHECK_EQUAL(message_read_u16(&f->fields), 1);
    const uint8_t *service = message_read_bytes(&f->fields, &size);
    CHECK(size == 6 && memcmp(service, "pkcs11", 6) == 0);
    v->client = recall(v->token, message_read_raw(&f->fields, 16), &known);
    message_u16(results, 1);
    message_u8(results, known);
    message_bytes(results, "serial of module", 16);
    message_text(results, "toy");
    return answer(v->fd, f, 0, results);
}

/* Spoils the results as the test wants it; sessions come and go as they should, so that the test gets further. */
static uint32_t spoil(token *t, uint32_t operation, uint32_t status, message *results) {
    if (operation <= OPERATION_CLOSE_ALL_SESSIONS || operation == OPERATION_RESUME || t->manner == REPLY_RIGHT) {
        return status;
    }
    if (t->manner == REPLY_CUT && results->size > MESSAGE_HEADER) {
        results->size--;
    }
    if (t->manner == REPLY_LONGER) {
        message_u8(results, 0);
    }
    if (t->manner == REPLY_CUT || t->manner == REPLY_LONGER) {
        return status;
    }
    results->size = MESSAGE_HEADER;
    if (t->manner == REPLY_STATUS) {
        return t->number;
    }
    uint32_t noise = t->number = t->number * 1664525u + 1013904223u;
    for (uint32_t left = (noise >> 8) % 300; left > 0; left--) {
        noise = noise * 1664525u + 1013904223u;
        message_u8(results, (noise >> 29) == 0 ? (uint8_t)(noise >> 16) : (uint8_t)(noise >> 27 & 3));
    }
    return 0;
}

static void *serve(void *context) {
    visit v = *(visit *)context;
    frame f;
    message results;
    bool going = true;
    free(context);
    while (going && receive(v.fd, &f)) {
        uint32_t operation = get32(f.header + 12);
        message_init(&results);
        if (operation == 1) {
            going = greet(&v, &f, &results);
        } else {
            CHECK(operation < OPERATIONS);
            pthread_mutex_lock(&v.token->lock);
            v.token->asked[operation]++;
            uint32_t status = reply_obey(v.token, v.client, operation, &f.fields, &results);
            status = spoil(v.token, operation, status, &results);
            pthread_mutex_unlock(&v.token->lock);
            going = answer(v.fd, &f, status, &results);
        }
        message_end(&results);
        message_end(&f.fields);
    }
    message_end(&f.fields);
    pthread_mutex_lock(&v.token->lock);
    close(v.fd);
    v.token->fds[v.slot] = -1;
    pthread_mutex_unlock(&v.token->lock);
    return NULL;
}

static void admit(token *t, int fd) {
    pthread_mutex_lock(&t->lock);
    CHECK(t->count < CONNECTIONS);
    visit *v = malloc(sizeof *v);
    *v = (visit){t, fd, t->count, NULL};
    t->fds[t->count] = fd;
    CHECK_EQUAL(pthread_create(&t->threads[t->count++], NULL, serve, v), 0);
    pthread_mutex_unlock(&t->lock);
}

static void *accept_all(void *context) {
    token *t = context;
    for (;;) {
        int fd = accept4(t->listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0) {
            admit(t, fd);
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return NULL;
        }
    }
}

token *token_start(const char *path) {
    token *t = calloc(1, sizeof *t);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    CHECK(strlen(path) < sizeof address.sun_path);
    strcpy(t->path, path);
    strcpy(address.sun_path, path);
    pthread_mutex_init(&t->lock, NULL);
    t->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(path);
    CHECK_EQUAL(bind(t->listening, (struct sockaddr *)&address, sizeof address), 0);
    CHECK_EQUAL(listen(t->listening, 64), 0);
    CHECK_EQUAL(pthread_create(&t->accepting, NULL, accept_all, t), 0);
    return t;
}

void token_stop(token *t) {
    unlink(t->path);
    shutdown(t->listening, SHUT_RDWR);
    pthread_join(t->accepting, NULL);
    close(t->listening);
    pthread_mutex_lock(&t->lock);
    for (int i = 0; i < t->count; i++) {
        if (t->fds[i] >= 0) {
            shutdown(t->fds[i], SHUT_RDWR);
        }
    }
    pthread_mutex_unlock(&t->lock);
    for (int i = 0; i < t->count; i++) {
        pthread_join(t->threads[i], NULL);
    }
    for (int i = 0; i < t->known; i++) {
        for (int kind = 0; kind < 6; kind++) {
            octets_end(&t->clients[i].gathered[kind]);
        }
    }
    pthread_mutex_destroy(&t->lock);
    free(t);
}

void token_replies(token *t, reply_manner manner, uint32_t number) {
    t->number = number;
    t->manner = (int)manner;
}

long token_asked(const token *t, uint32_t operation) {
    return t->asked[operation];
}

long token_sessions(token *t) {
    long count = 0;
    pthread_mutex_lock(&t->lock);
    for (int i = 0; i < t->known; i++) {
        for (int j = 0; j < SESSIONS; j++) {
            count += t->clients[i].sessions[j] != 0;
        }
    }
    pthread_mutex_unlock(&t->lock);
    return count;
}

long token_clients(token *t) {
    pthread_mutex_lock(&t->lock);
    long count = t->known;
    pthread_mutex_unlock(&t->lock);
    return count;
}

void token_forgets_tickets(token *t) {
    t->forgets = true;
}
