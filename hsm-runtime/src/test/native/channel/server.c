#define _GNU_SOURCE
#include "server.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "check.h"

enum { CONNECTIONS = 1024 };

struct server {
    char path[108];
    uint16_t port;
    server_visit *visit;
    void *context;
    int listening;
    pthread_t accepting;
    pthread_mutex_t lock;
    int fds[CONNECTIONS];
    pthread_t threads[CONNECTIONS];
    _Atomic int made;
    _Atomic long open;
};

typedef struct {
    server *server;
    int fd;
    int slot;
} visitor;

static void *serve(void *given) {
    visitor v = *(visitor *) given;
    free(given);
    v.server->visit(v.server->context, v.fd);
    pthread_mutex_lock(&v.server->lock);
    close(v.fd);
    v.server->fds[v.slot] = -1;
    pthread_mutex_unlock(&v.server->lock);
    v.server->open--;
    return NULL;
}

static void admit(server *s, int fd) {
    pthread_mutex_lock(&s->lock);
    CHECK(s->made < CONNECTIONS);
    visitor *v = malloc(sizeof *v);
    *v = (visitor) {s, fd, s->made};
    s->fds[v->slot] = fd;
    s->open++;
    CHECK_EQUAL(pthread_create(&s->threads[s->made++], NULL, serve, v), 0);
    pthread_mutex_unlock(&s->lock);
}

static void *accept_all(void *context) {
    server *s = context;
    for (;;) {
        int fd = accept4(s->listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0) {
            admit(s, fd);
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return NULL;
        }
    }
}

static server *create(server_visit *visit, void *context) {
    server *s = calloc(1, sizeof *s);
    s->visit = visit;
    s->context = context;
    pthread_mutex_init(&s->lock, NULL);
    return s;
}

static void listen_at(server *s, const struct sockaddr *address, socklen_t size) {
    const int on = 1;
    s->listening = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_EQUAL(setsockopt(s->listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), 0);
    CHECK_EQUAL(bind(s->listening, address, size), 0);
    CHECK_EQUAL(listen(s->listening, 64), 0);
}

static server *begin(server *s) {
    CHECK_EQUAL(pthread_create(&s->accepting, NULL, accept_all, s), 0);
    return s;
}

server *server_start(const char *path, server_visit *visit, void *context) {
    server *s = create(visit, context);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    CHECK(strlen(path) < sizeof address.sun_path);
    strcpy(s->path, path);
    strcpy(address.sun_path, path);
    unlink(path);
    listen_at(s, (struct sockaddr *) &address, sizeof address);
    return begin(s);
}

server *server_start_tcp(uint16_t port, server_visit *visit, void *context) {
    server *s = create(visit, context);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    listen_at(s, (struct sockaddr *) &address, size);
    CHECK_EQUAL(getsockname(s->listening, (struct sockaddr *) &address, &size), 0);
    s->port = ntohs(address.sin_port);
    return begin(s);
}

uint16_t server_port(const server *s) {
    return s->port;
}

void server_close(server *s) {
    unlink(s->path);
    shutdown(s->listening, SHUT_RDWR);
    pthread_join(s->accepting, NULL);
    close(s->listening);
}

void server_end(server *s) {
    server_hold(s);
    for (int i = 0; i < s->made; i++) {
        if (s->fds[i] >= 0) {
            shutdown(s->fds[i], SHUT_RDWR);
        }
    }
    server_let_go(s);
    for (int i = 0; i < s->made; i++) {
        pthread_join(s->threads[i], NULL);
    }
    pthread_mutex_destroy(&s->lock);
    free(s);
}

void server_hold(server *s) {
    CHECK_EQUAL(pthread_mutex_lock(&s->lock), 0);
}

void server_let_go(server *s) {
    CHECK_EQUAL(pthread_mutex_unlock(&s->lock), 0);
}

long server_made(const server *s) {
    return s->made;
}

long server_open(const server *s) {
    return s->open;
}
