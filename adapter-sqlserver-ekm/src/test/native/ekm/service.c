#include "service_inside.h"

#include "wire.h"

/* The client's number; NULL when the connection is over. */
static const uint8_t *greet(service *s, int fd) {
    wire_request r;
    message results;
    if (!wire_receive(fd, &r)) {
        return NULL;
    }
    message_init(&results);
    int client = roster_greet(&s->roster, "ekm", &r.fields, &results);
    bool greeted = wire_answer(fd, &r, 0, &results);
    message_end(&results);
    message_end(&r.fields);
    return greeted ? s->roster.clients[client] : NULL;
}

static bool serve_one(service *s, int fd, const uint8_t *client) {
    wire_request r;
    message results;
    if (!wire_receive(fd, &r)) {
        return false;
    }
    uint32_t operation = wire_operation(&r);
    CHECK(operation < OPERATIONS);
    message_init(&results);
    pthread_mutex_lock(&s->lock);
    s->asked[operation]++;
    uint32_t status = service_obey(s, client, operation, &r.fields, &results);
    bool going = service_spoil(s, &s->faults[operation], &status, &results);
    pthread_mutex_unlock(&s->lock);
    going = going && wire_answer(fd, &r, status, &results);
    message_end(&results);
    message_end(&r.fields);
    return going;
}

static void serve(void *context, int fd) {
    service *s = context;
    const uint8_t *client = greet(s, fd);
    while (client != NULL && serve_one(s, fd, client)) {
    }
}

service *service_start(const char *path) {
    service *s = calloc(1, sizeof *s);
    s->going = true;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->released, NULL);
    roster_begin(&s->roster);
    s->server = server_start(path, serve, s);
    return s;
}

void service_stop(service *s) {
    server_close(s->server);
    pthread_mutex_lock(&s->lock);
    s->going = false;
    pthread_cond_broadcast(&s->released);
    pthread_mutex_unlock(&s->lock);
    server_end(s->server);
    roster_end(&s->roster);
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
