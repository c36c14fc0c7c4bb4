#define _GNU_SOURCE
#include "toy.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "check.h"

enum { CONNECTIONS = 1024, CLIENTS = 64, FRAME = 2 * 1024 * 1024 };

struct toy {
    char path[108];
    uint16_t port;
    int listening;
    pthread_t accepting;
    pthread_mutex_t lock;
    bool stopping;
    _Atomic int manners;
    _Atomic long done;
    _Atomic long made;
    _Atomic long open;
    _Atomic long busy;
    _Atomic long hung_up;
    _Atomic long greeted;
    int fds[CONNECTIONS];
    pthread_t threads[CONNECTIONS];
    int count;
    uint8_t clients[CLIENTS][16];
    int known;
};

typedef struct {
    toy *toy;
    int fd;
    int slot;
} visit;

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

/* Writes the reply's header over the request's, whose id is left as it is. */
static bool answer(int fd, uint8_t *frame, uint32_t status, size_t body) {
    put32(frame, (uint32_t) (12 + body));
    put32(frame + 12, status);
    return send_all(fd, frame, 16 + body);
}

static bool recall(toy *t, const uint8_t *client) {
    pthread_mutex_lock(&t->lock);
    bool found = false;
    for (int i = 0; i < t->known && !found; i++) {
        found = memcmp(t->clients[i], client, 16) == 0;
    }
    if (!found && t->known < CLIENTS) {
        memcpy(t->clients[t->known++], client, 16);
    }
    pthread_mutex_unlock(&t->lock);
    return found;
}

enum { PROOF = 32 };

static uint8_t ours(int i) {
    return (uint8_t) (i * 7);
}

static uint8_t theirs(int i) {
    return (uint8_t) (255 - i);
}

void toy_secret(char text[129]) {
    for (int i = 0; i < PROOF; i++) {
        snprintf(text + 2 * i, 3, "%02x", ours(i));
    }
    for (int i = 0; i < PROOF; i++) {
        snprintf(text + 2 * (PROOF + i), 3, "%02x", theirs(i));
    }
}

/* The program's name is before it, and nothing behind. */
static void check_secret(const toy *t, const uint8_t *frame) {
    const uint8_t *secret = frame + 60 + get32(frame + 56);
    CHECK_EQUAL(get32(secret), t->port == 0 ? 0 : PROOF);
    for (int i = 0; t->port != 0 && i < PROOF; i++) {
        CHECK_EQUAL(secret[4 + i], ours(i));
    }
}

/* How many bytes it takes. */
static size_t prove(const toy *t, uint8_t *at) {
    if (t->port == 0 || t->manners == TOY_SHOWS_NO_PROOF) {
        return 0;
    }
    uint32_t size = t->manners == TOY_SHOWS_HALF_A_PROOF ? PROOF / 2 : PROOF;
    put32(at, size);
    for (int i = 0; i < PROOF; i++) {
        at[4 + i] = theirs(i);
    }
    at[4 + PROOF - 1] ^= t->manners == TOY_SHOWS_ANOTHER_PROOF;
    return 4 + size;
}

static bool welcome_client(toy *t, int fd, uint8_t *frame) {
    const uint8_t *body = frame + 16;
    CHECK_EQUAL(get32(body), 0x434f4652);
    CHECK_EQUAL(body[4] << 8 | body[5], 1);
    check_secret(t, frame);
    bool known = recall(t, body + 10 + get32(body + 6));
    static const uint8_t rest[] = {0, 1, 0, 0, 0, 0, 16, 's', 'e', 'r', 'i', 'a', 'l', ' ', 'o', 'f', ' ', 'm', 'o', 'd', 'u', 'l', 'e',
        0, 0, 0, 3, 't', 'o', 'y'};
    memcpy(frame + 16, rest, sizeof rest);
    frame[18] = known;
    return answer(fd, frame, 0, sizeof rest + prove(t, frame + 16 + sizeof rest));
}

static bool refuse(int fd, uint8_t *frame, uint32_t status, const char *why) {
    put32(frame + 16, (uint32_t) strlen(why));
    memcpy(frame + 20, why, strlen(why));
    answer(fd, frame, status, 4 + strlen(why));
    return false;
}

/* As the real service, which refuses a text that is not UTF-8. */
static void check_program(const uint8_t *frame) {
    const uint8_t *program = frame + 56;
    for (uint32_t i = 0; i < get32(program); i++) {
        CHECK(program[4 + i] < 0x80);
    }
}

static bool greet(toy *t, int fd, uint8_t *frame) {
    int manners = t->manners;
    check_program(frame);
    t->greeted++;
    switch (manners) {
        case TOY_OTHER_VERSION:
            put32(frame + 16, 2 << 16 | 3);
            answer(fd, frame, 0xffff0001, 4);
            return false;
        case TOY_REFUSES:
            return refuse(fd, frame, 0xffff0002, "user 1 may not connect\nsecond line");
        case TOY_BUSY_TWICE:
            return t->busy++ < 2 ? refuse(fd, frame, 0xffff0003, "connections") : welcome_client(t, fd, frame);
        case TOY_BUSY:
            return refuse(fd, frame, 0xffff0003, "connections");
        case TOY_NO_ANSWER:
            return read_all(fd, frame, 1);
        case TOY_NOT_COFFER:
            send_all(fd, (const uint8_t *) "HTTP/1.1 400 Bad Request\r\n\r\n", 28);
            return false;
        case TOY_SHORT_SERIAL:
            memcpy(frame + 16, "\0\1\0\0\0\0\1s\0\0\0\0", 12);
            answer(fd, frame, 0, 12);
            return false;
        case TOY_CLOSES:
            return false;
        case TOY_WELCOMES_AND_CLOSES:
            welcome_client(t, fd, frame);
            return false;
        default:
            return welcome_client(t, fd, frame);
    }
}

static bool byte_by_byte(int fd, uint8_t *frame, size_t body) {
    put32(frame, (uint32_t) (12 + body));
    put32(frame + 12, 0);
    for (size_t i = 0; i < 16 + body; i++) {
        if (!send_all(fd, frame + i, 1)) {
            return false;
        }
        poll(NULL, 0, 1);
    }
    return true;
}

static bool big(int fd, uint8_t *frame) {
    const uint32_t size = 1 << 20;
    put32(frame + 16, size);
    for (uint32_t i = 0; i < size; i++) {
        frame[20 + i] = (uint8_t) (i % 251);
    }
    return answer(fd, frame, 0, 4 + size);
}

static bool lie(int fd, uint8_t *frame, uint32_t length, size_t sent) {
    put32(frame, length);
    send_all(fd, frame, sent);
    return false;
}

static bool obey(toy *t, int fd, uint8_t *frame, size_t body) {
    switch (get32(frame + 12)) {
        case TOY_HANG_UP:
            return false;
        case TOY_HANG_UP_ONCE:
            return t->hung_up++ == 0 ? false : answer(fd, frame, 0, body);
        case TOY_HALF:
            return lie(fd, frame, 12 + 100, 50);
        case TOY_TOO_SHORT:
            return lie(fd, frame, 11, 15);
        case TOY_TOO_LONG:
            return lie(fd, frame, 16 * 1024 * 1024 + 1, 16);
        case TOY_MORE_BYTES:
            return lie(fd, frame, 12, 17);
        case TOY_OTHER_ID:
            frame[11] ^= 1;
            return answer(fd, frame, 0, 0);
        case TOY_BYTE_BY_BYTE:
            return byte_by_byte(fd, frame, body);
        case TOY_SILENCE:
            return true;
        case TOY_MALFORMED:
            return answer(fd, frame, 0xffff0005, 0);
        case TOY_FAREWELL:
            return refuse(fd, frame, 0xffff0003, "calls");
        case TOY_BIG:
            return big(fd, frame);
        case TOY_PAUSE:
            poll(NULL, 0, 20);
            return answer(fd, frame, 0, body);
        default:
            return answer(fd, frame, 0, body);
    }
}

static bool next_frame(int fd, uint8_t *frame, size_t *body) {
    if (!read_all(fd, frame, 16)) {
        return false;
    }
    uint32_t length = get32(frame);
    CHECK(length >= 12 && length <= FRAME - 4);
    *body = length - 12;
    return read_all(fd, frame + 16, *body);
}

static void *serve(void *context) {
    visit v = *(visit *) context;
    free(context);
    uint8_t *frame = malloc(FRAME);
    size_t body;
    bool going = next_frame(v.fd, frame, &body) && get32(frame + 12) == 1 && greet(v.toy, v.fd, frame);
    while (going && next_frame(v.fd, frame, &body)) {
        v.toy->done++;
        going = obey(v.toy, v.fd, frame, body);
    }
    free(frame);
    pthread_mutex_lock(&v.toy->lock);
    close(v.fd);
    v.toy->fds[v.slot] = -1;
    pthread_mutex_unlock(&v.toy->lock);
    v.toy->open--;
    return NULL;
}

static void admit(toy *t, int fd) {
    pthread_mutex_lock(&t->lock);
    CHECK(t->count < CONNECTIONS);
    visit *v = malloc(sizeof *v);
    *v = (visit) {t, fd, t->count};
    t->fds[t->count] = fd;
    t->made++;
    t->open++;
    CHECK_EQUAL(pthread_create(&t->threads[t->count++], NULL, serve, v), 0);
    pthread_mutex_unlock(&t->lock);
}

static void *accept_all(void *context) {
    toy *t = context;
    for (;;) {
        int fd = accept4(t->listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0) {
            admit(t, fd);
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return NULL;
        }
    }
}

static toy *start(toy *t, int manners, const struct sockaddr *address, socklen_t size) {
    const int on = 1;
    t->manners = manners;
    pthread_mutex_init(&t->lock, NULL);
    t->listening = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_EQUAL(setsockopt(t->listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), 0);
    CHECK_EQUAL(bind(t->listening, address, size), 0);
    CHECK_EQUAL(listen(t->listening, 64), 0);
    return t;
}

static toy *begin(toy *t) {
    CHECK_EQUAL(pthread_create(&t->accepting, NULL, accept_all, t), 0);
    return t;
}

toy *toy_start(const char *path, int manners) {
    toy *t = calloc(1, sizeof *t);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    CHECK(strlen(path) < sizeof address.sun_path);
    strcpy(t->path, path);
    strcpy(address.sun_path, path);
    unlink(path);
    return begin(start(t, manners, (struct sockaddr *) &address, sizeof address));
}

toy *toy_start_tcp(uint16_t port, int manners) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    toy *t = start(calloc(1, sizeof *t), manners, (struct sockaddr *) &address, size);
    CHECK_EQUAL(getsockname(t->listening, (struct sockaddr *) &address, &size), 0);
    t->port = ntohs(address.sin_port);
    return begin(t);
}

uint16_t toy_port(const toy *t) {
    return t->port;
}

void toy_stop(toy *t) {
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
    pthread_mutex_destroy(&t->lock);
    free(t);
}

void toy_greets(toy *t, int manners) {
    t->manners = manners;
}

void toy_hold(toy *t) {
    CHECK_EQUAL(pthread_mutex_lock(&t->lock), 0);
}

void toy_let_go(toy *t) {
    CHECK_EQUAL(pthread_mutex_unlock(&t->lock), 0);
}

long toy_done(toy *t) {
    return t->done;
}

long toy_made(toy *t) {
    return t->made;
}

long toy_greeted(toy *t) {
    return t->greeted;
}

long toy_open(toy *t) {
    return t->open;
}
